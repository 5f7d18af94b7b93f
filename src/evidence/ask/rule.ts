/** A thing that people ask for outright, and the sentences that say it. */
export interface Outright {
  readonly pattern: RegExp;
  /** Sentences of the run, of what is planned, of the page, of Limpid's own record or of the papers. */
  readonly ids: readonly string[];
  /** What the question must not speak of too. */
  readonly unless?: RegExp;
  /** The models' names, two of which hold that of a data set, are no part of what pattern and `unless` read. */
  readonly setsApart?: true;
  /** The pattern is met in questions about this page alone, whatever other words stand beside it. */
  readonly particular?: true;
  /** The sentences are the whole answer: what else shares a word with the question would say something else. */
  readonly whole?: true;
}

/** A pattern of several ways to ask, each on a line of its own. */
export const oneOf = (...ways: readonly string[]): RegExp => new RegExp(ways.join('|'), 'u');
