import { expect, it } from 'vitest';
import { naming, refusalLines } from './refusals.ts';

const refused = (name: string, why = 'is not a picture.') => ({ name, message: `“${name}” ${why}` });

it('leaves a single refusal as it is', () => {
  expect(refusalLines([refused('a.png')])).toEqual(['“a.png” is not a picture.']);
  expect(refusalLines([])).toEqual([]);
});

it('says each reason once, names five of its files and counts the others', () => {
  const files = Array.from({ length: 14 }, (_, index) => refused(`photo-${index + 1}.png`));
  const cut = [refused('x.jpg', 'is cut short.'), refused('y.jpg', 'is cut short.')];
  expect(refusalLines([...files.slice(0, 3), ...cut, ...files.slice(3)])).toEqual([
    '“photo-1.png”, “photo-2.png”, “photo-3.png”, “photo-4.png”, “photo-5.png” and 9 more: each is not a picture.',
    '“x.jpg”, “y.jpg”: each is cut short.',
  ]);
});

it('names the file where the sentence does not', () => {
  const message = 'This checkpoint is cut short or damaged: download it again.';
  expect(naming({ name: 'one.pth', message })).toBe(`“one.pth”: ${message}`);
  expect(naming({ name: 'one.pth', message: 'The stored copy of "one.pth" was damaged.' })).not.toContain('“');
  expect(refusalLines(['one.pth', 'two.pth'].map((name) => ({ name, message })))).toEqual([
    `“one.pth”, “two.pth”: ${message}`,
  ]);
});

it('knows a long name again in the cut form in which the sentence has it', () => {
  const name = `${'very-'.repeat(30)}long.png`;
  const message = `“${name.slice(0, 40)}…${name.slice(-15)}” is not a picture.`;
  expect(refusalLines([{ name, message }, refused('b.png')])[0]).toMatch(
    /^“very-.*…y-very-long.png”, “b.png”: each is/u,
  );
  expect(naming({ name, message })).toBe(message);
});
