import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AUTHORS_WEIGHTS } from './authors-weights.ts';

const doc = readFileSync(new URL('../docs/authors-weights.md', import.meta.url), 'utf8');
const rows = doc.split('\n').filter((line) => line.startsWith('| ') && line.includes('http'));

const MODEL_NAMES: Readonly<Record<string, string>> = {
  'liif-edsr': 'LIIF-EDSR',
  'liif-rdn': 'LIIF-RDN',
  'mimo-unet-realblur': 'MIMO-UNet RealBlur',
  'mimo-unet-plus': 'MIMO-UNet+',
  'mssnet-realblur-r': 'MSSNet RealBlur-R',
};

describe("the authors' weights", () => {
  it('has one row in docs/authors-weights.md for each entry, in the same words', () => {
    const expected = AUTHORS_WEIGHTS.map(({ model, title, file, links, repository, licence }) => {
      const name = file === null ? title : `${title}, \`${file}\``;
      const urls = links.map(({ label, url }) => `[${label}](${url})`).join(', ');
      return `| ${MODEL_NAMES[model]} | ${name} | ${urls}, listed in [the repository](${repository}) | ${licence} |`;
    });
    expect(rows).toEqual(expected);
  });

  it('has the same notes and known files in the doc', () => {
    const notes = AUTHORS_WEIGHTS.flatMap(({ title, note }) => (note === undefined ? [] : [`- ${title}: ${note}`]));
    expect(doc.split('\n').filter((line) => notes.includes(line))).toEqual(notes);
    const known = AUTHORS_WEIGHTS.flatMap(({ file, bytes, sha256 }) =>
      sha256 === undefined ? [] : [`| \`${file}\` | ${bytes?.toLocaleString('en')} | \`${sha256}\` |`],
    );
    expect(doc.split('\n').filter((line) => /[0-9a-f]{64}/.test(line))).toEqual(known);
  });

  it("links to nothing but the authors' own places, and covers every model", () => {
    for (const url of doc.match(/https?:[^)\s]+/g) ?? []) {
      expect(url).toMatch(
        /^https:\/\/(?:www\.dropbox\.com\/s\/|drive\.google\.com\/file\/d\/|github\.com\/(?:yinboc|chosj95|kky7)\/)/,
      );
    }
    expect(new Set(AUTHORS_WEIGHTS.map(({ model }) => model))).toEqual(new Set(Object.keys(MODEL_NAMES)));
    for (const { sha256 } of AUTHORS_WEIGHTS) expect(sha256 ?? '0'.repeat(64)).toMatch(/^[0-9a-f]{64}$/);
  });
});
