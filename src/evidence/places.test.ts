import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FOLDER = 'src/evidence';
const code = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8'))
  .join('\n');

/** Every place that a citation of this project names, as it stands in the code. */
const places = [...code.matchAll(/\bproject\(\s*['`]([^'`]+)['`]/gu)].map(([, place = '']) => place);
const files = places.flatMap((place) => {
  const [, file, heading] = /([\w./-]+\.(?:md|tsv|ts|py|json))(?:, “([^”]+)”)?/u.exec(place) ?? [];
  return file === undefined ? [] : [{ place, file, heading }];
});

describe('the places of this repository that are cited', () => {
  it('are found', () => {
    expect(files.length).toBeGreaterThan(15);
    expect(files.some(({ heading }) => heading === 'What is held out')).toBe(true);
  });

  it.each(files)('$place: is there', ({ file, heading }) => {
    expect(existsSync(file), file).toBe(true);
    if (!file.endsWith('.md')) return;
    const headings = readFileSync(file, 'utf8').match(/^#+ .*$/gmu) ?? [];
    expect(headings.map((line) => line.replace(/^#+ /u, ''))).toContain(heading);
  });
});
