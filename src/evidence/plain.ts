import type { Manifest } from '../../contract/manifest.ts';
import type { ModelStory } from './models.ts';
import { factor } from './format.ts';
import { typeset } from './shipped.ts';
import { project, state } from './types.ts';
import type { Evidence, Statement } from './types.ts';

/**
 * The story of a model that nobody has read about for this panel: what its manifest says, and that this is all. A model is
 * data; what its paper and code claim is knowledge, which only a person can add (models.ts, claims/).
 */
export function plainStory(manifest: Manifest): ModelStory {
  const { id, name, task, network, multiple } = manifest;
  const unread = none(manifest);
  return {
    id,
    name,
    task,
    network,
    paper: null,
    code: null,
    unread,
    multiple,
    does: [summary(manifest), taskOf(manifest)],
    limits: [unread],
    input: [...sides(manifest), ...half(manifest)],
    model: [inside(manifest)],
    output: [],
    figures: [],
  };
}

/** The same for the question box, with the words that should find it. */
export function plainEvidence(manifest: Manifest): readonly Evidence[] {
  const found = (about: string, ...statements: readonly Statement[]): readonly Evidence[] =>
    statements.map((statement) => ({ statement, models: [manifest.id], about }));
  return [
    ...found('enlarge blur factor scale range maximum size', summary(manifest), taskOf(manifest)),
    ...found('padding size dimension side input', ...sides(manifest), ...half(manifest)),
    ...found('network architecture layer parameters million', inside(manifest)),
    ...found('paper author code promise fail limit', none(manifest)),
  ];
}

const said = ({ id, name }: Manifest, about: string, field: string, text: string): Statement =>
  state({ id: `plain-${about}-${id}`, kind: 'project', text, citations: [project(`manifest of ${name}, ${field}`)] });

/** Beside the manifest, where the stories of the other models stand and this one's does not. */
const none = ({ id, name }: Manifest): Statement =>
  state({
    id: `plain-none-${id}`,
    kind: 'project',
    text: `No paper or code about ${name} has been read for this page, so what it promises and where it fails is not told here.`,
    citations: [project(`manifest of ${name}`), project('stories of the models: src/evidence/models.ts')],
  });

const summary = (manifest: Manifest): Statement =>
  said(
    manifest,
    'summary',
    'summary',
    `What ${manifest.name} is for, in its manifest’s words: ${typeset(manifest.summary).replace(/[.!?]$/u, '')}.`,
  );

function taskOf(manifest: Manifest): Statement {
  const { name, scale } = manifest;
  const text =
    scale === undefined
      ? `${name} is a deblurring model: it keeps the size of a picture.`
      : `${name} enlarges by factors from ${factor(scale.min)} to ${factor(scale.max)}; its weights were trained on those from ${factor(scale.trained[0])} to ${factor(scale.trained[1])}.`;
  return said(manifest, 'task', scale === undefined ? 'task' : 'scale', text);
}

const sides = (manifest: Manifest): readonly Statement[] =>
  manifest.multiple === 1
    ? []
    : [
        said(
          manifest,
          'sides',
          'multiple',
          `${manifest.name} takes pictures whose sides are multiples of ${manifest.multiple}.`,
        ),
      ];

const half = (manifest: Manifest): readonly Statement[] =>
  manifest.halfSizeInput === true
    ? [said(manifest, 'half', 'halfSizeInput', `${manifest.name} is given the whole picture at half its size too.`)]
    : [];

const inside = (manifest: Manifest): Statement =>
  said(
    manifest,
    'network',
    'network and parameters',
    `The network of ${manifest.name} is called ${manifest.network} and has ${manifest.parameters.toLocaleString('en-US')} parameters; what happens inside it is not told here.`,
  );
