import MiniSearch from 'minisearch';
import type { ModelId } from '../../../contract/models.ts';
import { CLAIMS } from '../claims/index.ts';
import { lineOf } from '../answers/related.ts';
import { PAGE_FACTS } from '../page.ts';
import { theStory } from '../models.ts';
import { plainEvidence } from '../plain.ts';
import { manifestEvidence } from '../project.ts';
import { MODEL_IDS } from '../../../contract/models.ts';
import { QUESTIONS } from '../questions.ts';
import type { SeedId } from '../questions.ts';
import { estimateEvidence, notRunYet, plannedEvidence, runEvidence } from '../run.ts';
import { seamEvidence } from '../seam.ts';
import type { SourceId } from '../sources.ts';
import type { Subject } from '../subject.ts';
import type { Evidence, Statement } from '../types.ts';
import { chosenWeights, weightsOf } from '../weights.ts';
import { WRITTEN } from './authors.ts';
import { readWords } from './words.ts';
import type { Words } from './words.ts';

/** Sentences of one reply at most, and the share of the best score below which a claim is left out. */
const MOST = 4;
const NEAR = 0.45;
/** Share of an example question's words that must be met before it is offered. */
const SAME_QUESTION = 0.6;

interface Document {
  readonly id: number;
  readonly about: string;
  readonly text: string;
}

/** Index and query share one way of reading words, so that "4×", "x4" and "four times" meet. */
const terms = (text: string): string[] => [...readWords(text).terms];

function indexOf(evidence: readonly Evidence[]): MiniSearch<Document> {
  const index = new MiniSearch<Document>({
    fields: ['about', 'text'],
    tokenize: terms,
    processTerm: (term) => term,
    searchOptions: { boost: { about: 2 }, combineWith: 'OR' },
  });
  index.addAll(
    evidence.map(({ statement, about, byAboutAlone }, id) => ({
      id,
      about,
      text: statement.kind === 'summary' || byAboutAlone === true ? '' : statement.text,
    })),
  );
  return index;
}

/** The related papers are found by their names alone: their subjects share too many words with ours. */
const NAMES: Readonly<Partial<Record<SourceId, string>>> = {
  featsharp: 'featsharp',
  fit3d: 'fit3d',
  mask2alpha: 'mask2alpha matting',
  'pu-ray': 'puray pointcloud',
  'em-consistency': 'electron microscopy',
  pouf: 'pouf',
  cof: 'cof',
  'segmentation-resolution': 'segmentation',
  'elastic-detr': 'elastic detr',
};

const RELATED: readonly Evidence[] = Object.entries(NAMES).flatMap(([source, names]) => {
  const statement = lineOf(source as SourceId);
  return statement === null ? [] : [{ statement, models: MODEL_IDS, about: names }];
});

/** The sentences nearest to a question, best first, among those that hold for `models`. */
export function search(words: Words, models: readonly ModelId[], subject: Subject): readonly Statement[] {
  const networks = models.map((model) => weightsOf(subject, model).network);
  const evidence = [...CLAIMS, ...PAGE_FACTS, ...RELATED, ...WRITTEN, ...ownEvidence(subject)].filter(
    (one) =>
      one.models.some((model) => models.includes(model)) &&
      (one.network === undefined || networks.includes(one.network)),
  );
  const found = indexOf(evidence).search(words.terms.join(' '), { tokenize: (text) => text.split(' ') });
  const best = found[0]?.score ?? 0;
  const near = found
    .filter(({ score }) => score >= best * NEAR)
    .slice(0, MOST)
    .flatMap(({ id }) => evidence[Number(id)]?.statement ?? []);
  const finds = (pattern: RegExp): boolean => near.some(({ id }) => pattern.test(id));
  // What is said about the agreement with the input needs the agreement beside it, and what is said about scores a score.
  return near
    .filter(({ id }) => !id.startsWith('run-shrunk-') || finds(/^run-shrunk$/u))
    .filter(({ id }) => !id.startsWith('own-score-few') || finds(/^own-score-(?!few)/u));
}

/** Limpid's records of the models that run with its own weights, and the run, or what is set to run. */
function ownEvidence(subject: Subject): readonly Evidence[] {
  const { models, steps, planned, picture, estimate, report } = subject;
  const scale = steps.find((step) => step.scale > 1)?.scale ?? null;
  const manifests = models.flatMap((manifest) => [
    ...(weightsOf(subject, manifest.id).owner === 'limpid' ? manifestEvidence(manifest, models, scale) : []),
    ...seamEvidence(subject, manifest.id),
    ...(theStory(manifest.id, models).unread === undefined ? [] : plainEvidence(manifest)),
  ]);
  if (report !== null) return [...manifests, ...runEvidence(report)];
  const weights = models.flatMap(({ id }) => chosenWeights(subject, id));
  const plan = [...plannedEvidence(planned, picture, models), ...estimateEvidence(estimate)];
  return [...manifests, ...weights, ...plan, notRunYet(estimate !== null)];
}

/** The example question that says the same, or null. */
export function sameQuestion(words: Words): SeedId | null {
  const index = new MiniSearch<{ id: SeedId; question: string }>({
    fields: ['question'],
    tokenize: terms,
    processTerm: (term) => term,
  });
  index.addAll(QUESTIONS.map(({ id, question }) => ({ id, question })));
  const [best] = index.search(words.terms.join(' '), { tokenize: (text) => text.split(' ') });
  if (best === undefined) return null;
  const shared = best.queryTerms.length / words.terms.length;
  const seed = best.id as SeedId;
  const whole = terms(QUESTIONS.find(({ id }) => id === seed)?.question ?? '').length;
  return shared >= SAME_QUESTION && best.queryTerms.length >= Math.min(4, whole) ? seed : null;
}
