import type { ModelId } from '../../contract/models.ts';
import { SEED_ANSWERS } from './answers/index.ts';
import type { DraftPassage, Line, Passage } from './answers/types.ts';
import { theClaim, theClaims } from './claims/index.ts';
import { factor } from './format.ts';
import { nameOf, theStory } from './models.ts';
import { copyOf, decodedAs, measured, ownFigures, paddingWords, theRun, unique } from './passages.ts';
import { twoSteps } from './project.ts';
import { theQuestion } from './questions.ts';
import type { SeedId, SeedQuestion } from './questions.ts';
import type { Subject } from './subject.ts';
import { project, state, thisRun } from './types.ts';
import type { Statement } from './types.ts';
import { weightsOf } from './weights.ts';

/** The task of one of the five questions: premises first, then what was measured, if this picture went through the model. */
export function seedTask(seed: SeedId, subject: Subject): readonly Passage[] {
  const question = theQuestion(seed);
  const [first, ...rest] = written(SEED_ANSWERS[seed].task, question, subject);
  const own: Passage = {
    lead: 'Measured on this result.',
    statements: [...otherFactor(question, subject), ...measured(subject)],
  };
  return restrict([...(first === undefined ? [] : [first]), own, ...rest], question);
}

/** Input, model and output as written, then the run's own record or whose weights would be used. */
export function seedWorkflow(seed: SeedId, subject: Subject): readonly Passage[] {
  const question = theQuestion(seed);
  return restrict([...written(SEED_ANSWERS[seed].workflow, question, subject), ...theRun(subject)], question);
}

/** That the picture was enlarged by another factor than the question's, and what lies outside the trained range. */
function otherFactor({ model, factor: asked }: SeedQuestion, { steps, report, models }: Subject): readonly Statement[] {
  const step = steps.find((one) => one.model === model);
  if (report === null || asked === null || step === undefined || theStory(model, models).task === 'deblur') return [];
  if (step.scale === asked) return [];
  return [
    state({
      id: 'run-factor',
      kind: 'run',
      text: `This picture was enlarged ${factor(step.scale)}, not ${factor(asked)} as in the question.`,
      citations: [thisRun('settings')],
    }),
    ...(step.scale > 4 ? theClaims('L12') : []),
  ];
}

const written = (drafts: readonly DraftPassage[], question: SeedQuestion, subject: Subject): readonly Passage[] =>
  drafts.map(({ lead, lines }) => ({
    lead,
    statements: unique(lines.flatMap((line) => filled(line, question, subject))),
  }));

function filled(line: Line, { model, factor: asked }: SeedQuestion, subject: Subject): readonly Statement[] {
  const index = Math.max(
    0,
    subject.steps.findIndex((step) => step.model === model),
  );
  if ('claim' in line) return theClaims(...decodedAs([line.claim], subject.steps[index]?.quality ?? 'best'));
  if ('own' in line) return [line.own];
  switch (line.slot) {
    case 'two-steps':
      return [twoSteps(model, subject.models)];
    case 'padding':
      return paddingWords(subject, index);
    case 'own-figures': {
      const step = subject.steps[index] ?? { model, scale: asked ?? 1, quality: 'best' };
      return [...copyOf(subject, model), ...ownFigures(subject, step)];
    }
    case 'network':
      return networkWords(subject, model);
  }
}

/** Which of the two sizes of MIMO-UNet stands behind the name: an imported RealBlur file brings the larger one. */
function networkWords(subject: Subject, model: ModelId): readonly Statement[] {
  const { network, name: file } = weightsOf(subject, model);
  const name = nameOf(model, subject.models);
  const small = network === theStory(model, subject.models).network;
  return [
    state({
      id: '001-name',
      kind: 'project',
      text: small
        ? `The model that Limpid calls ${name} is the small one.`
        : `With the file ${file} Limpid runs the larger “+” network under the name ${name}.`,
      citations: [project(`manifest of ${name}, ${small ? 'network' : 'accepted networks'}`)],
    }),
    theClaim(small ? 'P1' : 'Q1'),
  ];
}

/** The rule of the five questions: nothing from outside the supplied sources, nothing that a third party reports. */
const restrict = (passages: readonly Passage[], { supplied }: SeedQuestion): readonly Passage[] =>
  passages.map(({ lead, statements }) => ({
    lead,
    statements: statements.filter(
      ({ kind, citations }) =>
        kind !== 'reported' &&
        citations.every((citation) => citation.kind !== 'source' || supplied.includes(citation.source)),
    ),
  }));
