import type { Manifest, TrainingRun } from '../../contract/manifest.ts';
import { nameOf } from './models.ts';
import { typeset } from './shipped.ts';
import { project, state } from './types.ts';
import type { Evidence, ProjectCitation, Statement } from './types.ts';

/** What Limpid states about the training of its own weights: from the manifest, in the manifest's words. */
export function trainingEvidence(manifest: Manifest, models: readonly Manifest[]): readonly Evidence[] {
  const about = 'weights train training trained data limpid own photos learn blur noise jpeg real simulated teacher';
  const [all, ...runs] = ownData(manifest);
  const told = [ownTraining(manifest), ...ownRemark(manifest), ...(all === undefined ? [] : [all])];
  return [
    ...told.map((statement) => ({ statement, models: [manifest.id], about })),
    // So many words of one training would be met by any question.
    ...runs.map((statement) => ({ statement, models: [manifest.id], about, byAboutAlone: true as const })),
    ...ownLicences(manifest).map((statement) => ({
      statement,
      models: [manifest.id],
      about: 'licence cc by sa share alike unsplash credits attribution',
      byAboutAlone: true as const,
    })),
    {
      statement: ownEffort(manifest, models),
      models: [manifest.id],
      about: 'train training trained hours minutes steps iterations epochs machine gpu cpu hardware long',
    },
  ];
}

/** All of it for somebody who reads the panel: what the weights are, what they learned from, how long. */
export const trainingRecord = (manifest: Manifest, models: readonly Manifest[]): readonly Statement[] => [
  ...ownRemark(manifest),
  ...ownData(manifest),
  ownEffort(manifest, models),
];

const record = ({ name, training }: Manifest): ProjectCitation =>
  project(`manifest of ${name}, training (${training.machine}, ${training.date})`);

/** Whose they are and how they began. */
export function ownTraining(manifest: Manifest): Statement {
  const text = `${typeset(manifest.training.summary).replace(/[.!?]$/u, '')}.`;
  return state({ id: `own-training-${manifest.id}`, kind: 'project', text, citations: [record(manifest)] });
}

/** What to know before trusting them; empty where the manifest has no remark. */
export function ownRemark(manifest: Manifest): readonly Statement[] {
  const { remark } = manifest.training;
  if (remark === undefined) return [];
  const text = `Worth knowing about Limpid’s weights for ${manifest.name}: ${typeset(remark)}.`;
  return [state({ id: `own-remark-${manifest.id}`, kind: 'project', text, citations: [record(manifest)] })];
}

/**
 * What they learned from: in all, and run by run in one statement, so that a reply has room for others; of a record without
 * runs, a sentence for each part of its account.
 */
export function ownData(manifest: Manifest): readonly Statement[] {
  const { data, runs } = manifest.training;
  const told = runs === undefined ? ownParts(manifest) : [ofName(manifest, data), runs.map(ownRun).join(' ')];
  return told.map((text, index) =>
    state({ id: `own-data-${manifest.id}-${index}`, kind: 'project', text, citations: [record(manifest)] }),
  );
}

function ownParts({ name, training }: Manifest): readonly string[] {
  const [from = '', ...rest] = typeset(training.data).split('; ');
  return [
    `Limpid’s weights for ${name} learned from ${from}.`,
    ...rest.map((part) => `In the training of Limpid’s weights for ${name}: ${part}.`),
  ];
}

/** A record says "the weights"; beside other models they need their name. */
const ofName = ({ name }: Manifest, data: string): string =>
  typeset(data).replace(/^The weights\b/u, `Limpid’s weights for ${name}`);

/** One run: how long, and what it did; where most of that is what the run before did, only what it did otherwise. */
function ownRun(run: TrainingRun, index: number, runs: readonly TrainingRun[]): string {
  const before = new Set(sentences(runs[index - 1]));
  const said = sentences(run);
  const fresh = said.filter((sentence) => !before.has(sentence));
  const took = `Run ${index + 1} of ${runs.length}, ${Math.round(run.minutes)} minutes and ${run.iterations.toLocaleString('en-US')} steps`;
  const alike = fresh.length * 2 < said.length;
  const told =
    fresh.length === 0
      ? `${took}, was like the run before.`
      : `${took}${alike ? ', otherwise as the run before' : ''}: ${(alike ? fresh : said).join(' ')}`;
  return `${told}${blendWords(run)}`;
}

const sentences = (run: TrainingRun | undefined): readonly string[] =>
  run === undefined ? [] : typeset(run.data).split(/(?<=\.) (?=\S)/u);

function blendWords({ blended }: TrainingRun): string {
  if (blended === undefined) return '';
  if (blended > 1) return ` Then the weights were moved ${blended} times the way that this run had gone.`;
  const rest = Math.round((1 - blended) * 100) / 100;
  return ` Then ${blended} of its weights were blended with ${rest} of those that it began from.`;
}

/** Under which licences the photographs stand, where the record counts them; runs with the same ones are told once. */
export function ownLicences(manifest: Manifest): readonly Statement[] {
  const counts = (manifest.training.runs ?? []).flatMap(({ licences }) =>
    licences === undefined ? [] : [licenceWords(licences)],
  );
  return [...new Set(counts)].map((text, index) =>
    state({
      id: `own-licences-${manifest.id}-${index}`,
      kind: 'project',
      text: `${text} The repository’s training/CREDITS.tsv names each picture’s author, licence and source.`,
      citations: [record(manifest), project('training/CREDITS.tsv')],
    }),
  );
}

function licenceWords(licences: Readonly<Record<string, number>>): string {
  const entries = Object.entries(licences);
  const all = entries.reduce((sum, [, count]) => sum + count, 0);
  const each = entries.map(([name, count]) => `${name} (${count})`).join(', ');
  return `The ${all} photographs and illustrations that Limpid’s own weights learned from stand under these licences: ${each}.`;
}

/** How long they were trained, and on what machine; of a copy, that this is the record of the smaller model. */
export function ownEffort(manifest: Manifest, models: readonly Manifest[]): Statement {
  const { minutes, iterations, machine, sameAs } = manifest.training;
  const took = `${lasted(minutes)} and ${iterations.toLocaleString('en-US')} steps on ${machine}`;
  return state({
    id: `own-effort-${manifest.id}`,
    kind: 'project',
    text:
      sameAs === undefined
        ? `Training Limpid’s weights for ${manifest.name} took ${took}.${teacherWords(manifest, models)}`
        : `That training was ${nameOf(sameAs, models)}’s: ${took}; for ${manifest.name} its weights were copied into the larger network.${teacherWords(manifest, models)}`,
    citations: [project(`manifest of ${manifest.name}, training`)],
  });
}

const lasted = (minutes: number): string =>
  minutes < 120 ? `${Math.round(minutes)} minutes` : `${(minutes / 60).toFixed(1)} hours`;

/** A teacher has a training of its own behind it. */
function teacherWords({ training }: Manifest, models: readonly Manifest[]): string {
  const [teacher] = (training.runs ?? [])
    .flatMap((run) => run.teacher ?? [])
    .toSorted((a, b) => (b.minutes ?? 0) - (a.minutes ?? 0));
  if (teacher?.minutes === undefined) return '';
  return ` Its teacher, ${nameOf(teacher.model, models)}, had been trained for ${lasted(teacher.minutes)} before.`;
}
