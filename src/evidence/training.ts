import type { Manifest } from '../../contract/manifest.ts';
import { nameOf } from './models.ts';
import { typeset } from './shipped.ts';
import { project, state } from './types.ts';
import type { Evidence, ProjectCitation, Statement } from './types.ts';

/** What Limpid states about the training of its own weights: from the manifest, in the manifest's words. */
export function trainingEvidence(manifest: Manifest, models: readonly Manifest[]): readonly Evidence[] {
  const about = 'weights train training trained data limpid own photos learn blur noise jpeg real simulated teacher';
  const told = [ownTraining(manifest), ...ownRemark(manifest), ...ownData(manifest)];
  return [
    ...told.map((statement) => ({ statement, models: [manifest.id], about })),
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

/** What they learned from, a sentence for each part of the manifest's account. */
export function ownData(manifest: Manifest): readonly Statement[] {
  const [from = '', ...rest] = typeset(manifest.training.data).split('; ');
  const sentences = [
    `Limpid’s weights for ${manifest.name} learned from ${from}.`,
    ...rest.map((part) => `In the training of Limpid’s weights for ${manifest.name}: ${part}.`),
  ];
  return sentences.map((text, index) =>
    state({ id: `own-data-${manifest.id}-${index}`, kind: 'project', text, citations: [record(manifest)] }),
  );
}

/** How long they were trained, and on what machine; of a copy, that this is the record of the smaller model. */
export function ownEffort(manifest: Manifest, models: readonly Manifest[]): Statement {
  const { minutes, iterations, machine, sameAs } = manifest.training;
  const hours = minutes < 120 ? `${Math.round(minutes)} minutes` : `${(minutes / 60).toFixed(1)} hours`;
  const took = `${hours} and ${iterations.toLocaleString('en-US')} steps on ${machine}`;
  return state({
    id: `own-effort-${manifest.id}`,
    kind: 'project',
    text:
      sameAs === undefined
        ? `Training Limpid’s weights for ${manifest.name} took ${took}.`
        : `That training was ${nameOf(sameAs, models)}’s: ${took}; for ${manifest.name} its weights were copied into the larger network.`,
    citations: [project(`manifest of ${manifest.name}, training`)],
  });
}
