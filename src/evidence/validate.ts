import type { SeedAnswer } from './answers/types.ts';
import { resolve } from './answers/types.ts';
import { statementsOf } from './compose.ts';
import type { Answer } from './compose.ts';
import type { SeedId, SeedQuestion } from './questions.ts';
import { keyOf } from './references.ts';
import type { Source } from './sources.ts';
import type { Evidence, Statement } from './types.ts';

/** Longest sentence that a panel can carry, in characters. */
const LONGEST = 240;

export interface EvidenceTables {
  readonly sources: Readonly<Record<string, Source>>;
  readonly claims: readonly Evidence[];
  readonly questions: readonly SeedQuestion[];
  readonly answers: Readonly<Record<SeedId, SeedAnswer>>;
  /** The links of each question's document, typed from it by hand: what the tables are held against. */
  readonly supplied: Readonly<Record<SeedId, readonly string[]>>;
}

/** What is wrong with the tables, one sentence each; nothing when they keep the rules. */
export function validateTables(tables: EvidenceTables): readonly string[] {
  const { sources, claims, questions, answers, supplied } = tables;
  const allowed = new Set(Object.values(supplied).flat());
  const problems: string[] = [];
  for (const source of Object.values(sources)) {
    for (const { url } of source.links) {
      if (!allowed.has(url)) problems.push(`Source ${source.id} has a link that was not supplied: ${url}`);
    }
  }
  const ids = new Set<string>();
  for (const { statement, models, about } of claims) {
    if (ids.has(statement.id)) problems.push(`Two claims are called ${statement.id}.`);
    ids.add(statement.id);
    if (models.length === 0) problems.push(`Claim ${statement.id} holds for no model.`);
    if (about.trim() === '') problems.push(`Claim ${statement.id} cannot be found by any word.`);
    problems.push(...validateStatement(statement, sources));
  }
  for (const question of questions) {
    const links = question.supplied.flatMap((id) => sources[id]?.links.map(({ url }) => url) ?? []);
    for (const missing of differ(supplied[question.id], links)) {
      problems.push(`Question ${question.id} does not show ${missing}.`);
    }
    for (const extra of differ(links, supplied[question.id])) problems.push(`Question ${question.id} shows ${extra}.`);
    problems.push(...validateSeedAnswer(question, answers[question.id], sources));
  }
  return problems;
}

/** A sentence that is too long, does not end, or cites a source that is not there or a report as if it were its own. */
export function validateStatement(statement: Statement, sources: EvidenceTables['sources']): readonly string[] {
  const { id, text, kind, citations } = statement;
  const problems: string[] = [];
  const all: readonly unknown[] = citations;
  if (all.length === 0) problems.push(`Statement ${id} has no citation.`);
  if (!/[.!?]$/u.test(text)) problems.push(`Statement ${id} does not end.`);
  if (text.length > LONGEST) problems.push(`Statement ${id} is ${text.length} characters long.`);
  for (const citation of citations) {
    if (citation.place.trim() === '') problems.push(`Statement ${id} cites no place.`);
    if (citation.kind !== 'source') continue;
    const source = sources[citation.source];
    if (source === undefined) problems.push(`Statement ${id} cites ${citation.source}, which is no source.`);
    if (source?.kind === 'report' && kind !== 'reported') {
      problems.push(`Statement ${id} cites a report and does not say so.`);
    }
  }
  return problems;
}

function validateSeedAnswer(
  { id, supplied }: SeedQuestion,
  answer: SeedAnswer,
  sources: EvidenceTables['sources'],
): readonly string[] {
  const lines = [...answer.task, ...answer.workflow].flatMap((part) => part.lines);
  return lines.flatMap((line) => {
    if ('slot' in line) return [];
    const statement = resolve(line);
    const problems = [...validateStatement(statement, sources)];
    if (statement.kind === 'reported') problems.push(`Answer ${id} rests on a report: ${statement.id}.`);
    for (const citation of statement.citations) {
      if (citation.kind === 'source' && !supplied.includes(citation.source)) {
        problems.push(`Answer ${id} cites ${citation.source}, which was not supplied: ${statement.id}.`);
      }
    }
    return problems;
  });
}

/** What is wrong with a composed answer: sentences without an entry in its list, or links beyond those allowed. */
export function validateAnswer(answer: Answer, links: readonly string[] | null): readonly string[] {
  const keys = new Set(answer.sources.map(({ key }) => key));
  const caption = answer.figure === null ? [] : [answer.figure.caption];
  const problems = [...statementsOf(answer), ...caption].flatMap((statement) =>
    statement.citations
      .filter((citation) => !keys.has(keyOf(citation)))
      .map((citation) => `Statement ${statement.id} cites ${keyOf(citation)}, which is not in the list.`),
  );
  if (links === null) return problems;
  const shown = answer.sources.flatMap((source) => source.links.map(({ url }) => url));
  return [
    ...problems,
    ...differ(shown, links).map((url) => `The answer shows ${url}, which was not supplied.`),
    ...differ(links, shown).map((url) => `The answer does not show ${url}.`),
  ];
}

const differ = (some: readonly string[], others: readonly string[]): readonly string[] =>
  some.filter((one) => !others.includes(one));
