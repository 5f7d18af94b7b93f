import type { ModelId } from '../../../contract/models.ts';
import { STORIED, theStory } from '../models.ts';
import { SOURCES } from '../sources.ts';
import { inSource, state } from '../types.ts';
import type { Evidence, Statement } from '../types.ts';

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
