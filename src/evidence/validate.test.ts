import { describe, expect, it } from 'vitest';
import { SEED_ANSWERS } from './answers/index.ts';
import { CLAIMS } from './claims/index.ts';
import { QUESTIONS } from './questions.ts';
import type { SeedQuestion } from './questions.ts';
import { SOURCES } from './sources.ts';
import { SUPPLIED_LINKS } from './supplied-links.ts';
import { inSource, state } from './types.ts';
import type { Citation, Evidence, NonEmpty } from './types.ts';
import { validateStatement, validateTables } from './validate.ts';
import type { EvidenceTables } from './validate.ts';

const TABLES: EvidenceTables = {
  sources: SOURCES,
  claims: CLAIMS,
  questions: QUESTIONS,
  answers: SEED_ANSWERS,
  supplied: SUPPLIED_LINKS,
};

describe('the tables of evidence', () => {
  it('keep every rule', () => {
    expect(validateTables(TABLES)).toEqual([]);
  });

  it('have the claims of all three families, each with a place', () => {
    expect(CLAIMS.length).toBeGreaterThan(70);
    for (const { statement } of CLAIMS) expect(statement.citations[0].place, statement.id).not.toBe('');
  });

  it('can stand alone: each names its network and begins with no “it” or “that”', () => {
    for (const { statement } of CLAIMS) {
      expect(statement.text, statement.id).toMatch(/LIIF|EDSR|RDN|MIMO-UNet|MSSNet/u);
      expect(statement.text, statement.id).not.toMatch(/^(?:It|Its|That|This|These|They|Such)\b|that way/u);
    }
  });

  it('mark every claim that rests on a third party, and only those, as reported', () => {
    const reports = CLAIMS.filter(({ statement }) =>
      statement.citations.some((place) => place.kind === 'source' && SOURCES[place.source].kind === 'report'),
    );
    expect(reports.length).toBeGreaterThan(3);
    for (const { statement } of reports) expect(statement.kind, statement.id).toBe('reported');
  });
});

describe('the validator', () => {
  const liar = (change: Partial<EvidenceTables>): readonly string[] => validateTables({ ...TABLES, ...change });
  const [first] = CLAIMS as NonEmpty<Evidence>;

  it('sees a link that differs by one character', () => {
    const source = SOURCES['liif-paper'];
    const wrong = { ...source, links: [{ kind: 'Paper' as const, url: 'http://arxiv.org/pdf/2012.09161' }] };
    const problems = liar({ sources: { ...SOURCES, 'liif-paper': wrong } });
    expect(problems.join('\n')).toContain('was not supplied: http://arxiv.org/pdf/2012.09161');
    expect(problems.join('\n')).toContain('Question 002 does not show https://arxiv.org/pdf/2012.09161');
  });

  it('sees two claims of one name', () => {
    expect(liar({ claims: [...CLAIMS, first] })).toContain(`Two claims are called ${first.statement.id}.`);
  });

  it('sees a source that is not supplied with a question', () => {
    const questions = QUESTIONS.map((question): SeedQuestion =>
      question.id === '002' ? { ...question, supplied: ['liif-paper', 'featsharp'] } : question,
    );
    const problems = liar({ questions }).join('\n');
    expect(problems).toContain('Answer 002 cites liif-code, which was not supplied');
    expect(problems).toContain('Question 002 does not show https://github.com/yinboc/liif');
  });

  it('sees a report inside an answer restricted to the supplied sources', () => {
    const answers = {
      ...SEED_ANSWERS,
      '000': { ...SEED_ANSWERS['000'], task: [{ lead: null, lines: [{ claim: 'S16' }] }] },
    };
    expect(liar({ answers })).toContain('Answer 000 rests on a report: S16.');
  });

  it('sees a report that is given out as code', () => {
    const sentence = state({ id: 'x', kind: 'code', text: 'It is so.', citations: [inSource('mlwnet', 'Table 1')] });
    expect(validateStatement(sentence, SOURCES)).toEqual(['Statement x cites a report and does not say so.']);
  });

  it('sees a source that does not exist, a sentence without an end and one without end', () => {
    const text = `It goes on ${'and on '.repeat(60)}`;
    const sentence = state({ id: 'x', kind: 'code', text, citations: [inSource('nowhere' as 'mlwnet', 'page 1')] });
    expect(validateStatement(sentence, SOURCES)).toHaveLength(3);
  });
});

describe('a statement', () => {
  const place = inSource('liif-paper', 'Table 1');

  it('cannot be made without a citation', () => {
    const none = [] as unknown as NonEmpty<Citation>;
    expect(() => state({ id: 'x', kind: 'paper', text: 'It is so.', citations: none })).toThrow('has no citation');
    // @ts-expect-error an empty list is no NonEmpty: the compiler refuses what the constructor refuses
    expect(() => state({ id: 'x', kind: 'paper', text: 'It is so.', citations: [] })).toThrow('has no citation');
  });

  it('cannot be made by hand', () => {
    // @ts-expect-error the brand is out of reach: only `state` makes a Statement
    const forged: Evidence['statement'] = {
      id: 'x',
      kind: 'paper',
      text: 'It is so.',
      citations: [place],
      published: false,
    };
    expect(forged.id).toBe('x');
  });

  it('cannot be empty or cite nowhere', () => {
    expect(() => state({ id: 'x', kind: 'paper', text: '  ', citations: [place] })).toThrow('says nothing');
    const nowhere = inSource('liif-paper', ' ');
    expect(() => state({ id: 'x', kind: 'paper', text: 'It is so.', citations: [nowhere] })).toThrow('without a place');
  });
});
