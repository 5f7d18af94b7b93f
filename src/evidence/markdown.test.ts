import { expect, it } from 'vitest';
import { answerQuestion } from './ask/reply.ts';
import { compose } from './compose.ts';
import { TEST_INPUT, testReport } from './fixtures.ts';
import { toMarkdown } from './markdown.ts';
import { SUPPLIED_LINKS } from './supplied-links.ts';

it('an answer as Markdown has its parts, a place behind every sentence, and the supplied links alone', () => {
  const report = testReport([{ model: 'liif-edsr', scale: 2 }]);
  const text = toMarkdown(compose({ ...TEST_INPUT, report, seed: '002' }));
  expect(text.match(/^#+ .*$/gmu)).toEqual(['# Explanation', '## Task', '## Workflow', '## Sources']);
  expect(text.match(/https?:\/\/[^>\s]+/gu)?.toSorted()).toEqual([...SUPPLIED_LINKS['002']].toSorted());
  const prose = text.slice(text.indexOf('## Task'), text.indexOf('## Sources'));
  for (const paragraph of prose.split('\n\n').filter((part) => part !== '' && !part.startsWith('#'))) {
    expect(paragraph.trim(), paragraph).toMatch(/\\\]$/u);
  }
  expect(prose).toContain('(our reasoning)');
  expect(prose).toContain('Table 1');
  expect(text).not.toContain('[?:');
});

it('a command stands behind a score of this project', () => {
  const text = toMarkdown(compose({ ...TEST_INPUT, recipe: [{ model: 'liif-edsr', scale: 2, quality: 'best' }] }));
  expect(text).toContain('`npm run evaluate -- --scale 2`');
});

it('a hostile question stays a quotation', () => {
  const question = '# Heading\n<img src=x onerror=alert(1)> [click](javascript:alert(1)) **bold**';
  const text = toMarkdown(compose({ ...TEST_INPUT, question }, answerQuestion));
  expect(text).toContain(String.raw`> \# Heading`);
  expect(text).toContain(String.raw`> \<img src=x onerror=alert(1)\> \[click\](javascript:alert(1)) \*\*bold\*\*`);
  expect(text).toContain('## Answer\n\nThe supplied sources do not say.');
});
