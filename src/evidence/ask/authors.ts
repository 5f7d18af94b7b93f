import type { ModelId } from '../../../contract/models.ts';
import { STORIED, theStory } from '../models.ts';
import { SOURCES } from '../sources.ts';
import { inSource, state } from '../types.ts';
import type { Evidence, Statement } from '../types.ts';
import type { Words } from './words.ts';

const MADE = String.raw`\b(?:who (?:wrote|made|invented|developed|created|built|published|programmed|runs|owns)|(?:authors?|makers?|creators?|developers?) of)`;

/** Who is behind Limpid, or behind a picture: no source says, and the papers' authors made neither. */
const MAKERS = new RegExp(
  [
    String.raw`${MADE} (?:limpid|you|(?:this|the) (?:page|tool|site|website|app|program|project))\b`,
    String.raw`\bwho is behind (?:limpid|this|it)\b|\b(?:limpid|your) ?['’]?s? (?:authors?|makers?|creators?|developers?)\b`,
    String.raw`\b(?:who (?:made|took|created|drew|shot)|authors? of) (?:this|the|my) (?:picture|photo|image|drawing)\b`,
  ].join('|'),
  'u',
);

export const asksForMakers = ({ text }: Words): boolean => MAKERS.test(text);

/** Who wrote what, and when, of the models' own papers. */
export const WRITTEN: readonly Evidence[] = STORIED.flatMap((id) => {
  const { paper } = theStory(id, []);
  if (paper === null) return [];
  const { title, authors, venue } = SOURCES[paper];
  return {
    statement: state({
      id: `written-${paper}`,
      kind: 'paper',
      text: `“${title}” is by ${authors.slice(0, -1).join(', ')} and ${authors.at(-1) ?? ''} (${venue}).`,
      // Of two of the papers no more than the abstract was read.
      citations: [inSource(paper, paper === 'liif-paper' ? 'title page' : 'abstract, with its authors')],
    }),
    models: [id],
    about: 'author authors paper publish published year venue title',
  };
});

/** The same for some of the models, all of them when none is spoken of. */
export const authorsOf = (models: readonly ModelId[]): readonly Statement[] =>
  WRITTEN.filter(({ models: [of] }) => models.length === 0 || models.some((model) => model === of)).map(
    ({ statement }) => statement,
  );
