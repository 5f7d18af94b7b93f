import { CLAIMS } from '../claims/index.ts';
import { PAGE_FACTS } from '../page.ts';
import { isSubject } from './topic.ts';
import { toTerm, tokens } from './words.ts';
import type { Words } from './words.ts';

const RANKED = String.raw`(?:better|worse|sharper|faster|slower|quicker)`;
/** "A is better than B", "A vs B". */
const COMPARED: readonly RegExp[] = [
  new RegExp(String.raw`^(.*)\b${RANKED}\b.*?\bthan (.+)`, 'u'),
  /^(.*)\bas (?:good|sharp|fast|well|accurate) as (.+)/u,
  /^(.*)\b(?:superior|inferior) to (.+)/u,
  /^(.*)\b(?:vs\.?|versus|compared? (?:to|with)|outperforms?|beats?) (.+)/u,
];
/** "Which is better, A or B?", "Is A or B the best?" */
const CHOSEN = new RegExp(String.raw`\b(?:${RANKED}|best|which|prefer)\b`, 'u');
const EITHER = /^(.*)\bor (.+)/u;

/** What a comparison is with when it is one of tools: a name of ours, or Limpid itself. */
const OURS = /\b(?:liif|edsr|rdn|mimo|mss.?net|limpid|you|this (?:page|tool|site|app|program|one))\b/u;

/** Where the name of what is compared with ends. */
const END = /[,;:?!]|\b(?:for|in|on|at|when|with|because|if|and|but|by|here|there|from|since)\b/u;

/** Words that follow "than" and name no tool. */
const ORDINARY = `nothing everything else expected thought hoped yesterday usual normal plain simple old new previous last mine
  yours his hers ours theirs average typical standard default leaving human eye life preview thumbnail rest laptop desktop
  computer machine pc mac device bigger smaller before ordinary common same`;

const terms = (text: string): readonly string[] => tokens(text.toLowerCase()).flatMap((word) => toTerm(word) ?? []);

const KNOWN: ReadonlySet<string> = new Set(
  [ORDINARY, ...[...CLAIMS, ...PAGE_FACTS].map(({ statement, about }) => `${statement.text} ${about}`)].flatMap(terms),
);

/** A name that the evidence never speaks of: another program, or another network. */
const isStrange = (term: string): boolean => !/^x?\d/u.test(term) && !KNOWN.has(term) && !isSubject(term);

const namedAfter = (text: string): boolean =>
  terms(text.split(END)[0] ?? '')
    .slice(0, 3)
    .some(isStrange);
/** Of what stands before, a question's other words are part; the name is the last of it. */
const namedBefore = (text: string): boolean =>
  terms(text.split(END).at(-1) ?? '')
    .slice(-2)
    .some(isStrange);

/** True for a comparison with something that the evidence never speaks of. */
export function comparesWithStranger({ text }: Words): boolean {
  for (const pattern of COMPARED) {
    const [, before = '', after = ''] = pattern.exec(text) ?? [];
    if (namedAfter(after) || (OURS.test(after) && namedBefore(before))) return true;
  }
  const [, before = '', after = ''] = (CHOSEN.test(text) && EITHER.exec(text)) || [];
  return (OURS.test(after) && namedBefore(before)) || (OURS.test(lastOf(before)) && namedAfter(after));
}

/** The words just before "or": what stands farther ahead is not one of the two. */
const lastOf = (text: string): string => text.split(END).at(-1)?.trim().split(' ').slice(-2).join(' ') ?? '';
