import { MODEL_IDS, type ModelId } from '../../contract/models.ts';
import { state } from './types.ts';
import type { Citation, Evidence, NonEmpty } from './types.ts';

/** What a fact says and rests on. `models`: those that it bears on, all unless told. */
interface Fact {
  readonly id: string;
  readonly text: string;
  readonly citations: NonEmpty<Citation>;
  readonly about: string;
  readonly models?: readonly ModelId[];
  readonly byAboutAlone?: true;
}

/** A general fact of Limpid that no manifest holds. */
export const fact = ({ id, text, citations, about, models = MODEL_IDS, ...rest }: Fact): Evidence => ({
  statement: state({ id, kind: 'project', text, citations }),
  models,
  about,
  ...rest,
});
