import { CLAIMS } from '../claims/index.ts';
import { PAGE_FACTS } from '../page.ts';
import { isSubject } from './topic.ts';
import { toTerm, tokens } from './words.ts';
import type { Words } from './words.ts';

/** "… better than X", "… vs X". */
const COMPARED =
  /\b(?:better|worse|sharper|faster|slower|quicker)\b.*?\bthan (.+)|\bas (?:good|sharp|fast|well|accurate) as (.+)|\b(?:superior|inferior) to (.+)|\b(?:vs\.?|versus|compared? (?:to|with)|outperforms?|beats?) (.+)/u;

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

/** True for a comparison with something that the evidence never speaks of: another program, or another network. */
export function comparesWithStranger({ text }: Words): boolean {
  const groups = COMPARED.exec(text)?.slice(1) ?? [];
  const rest = groups.find((group) => group !== undefined)?.split(END)[0] ?? '';
  return terms(rest)
    .slice(0, 3)
    .some((term) => !/^x?\d/u.test(term) && !KNOWN.has(term) && !isSubject(term));
}
