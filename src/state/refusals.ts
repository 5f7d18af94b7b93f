import { quoted } from '../../contract/quoted.ts';

/** A file that was not taken, and the sentence that says why; it may begin with the file's name. */
export interface Refusal {
  readonly name: string;
  readonly message: string;
}

/** This many files of one reason are named. */
const NAMED = 5;

/** One line for each reason, with the files that share it; in the order in which the reasons came. */
export function refusalLines(refusals: readonly Refusal[]): readonly string[] {
  const reasons = new Map<string, Refusal[]>();
  for (const refusal of refusals) {
    const reason = reasonOf(refusal);
    reasons.set(reason, [...(reasons.get(reason) ?? []), refusal]);
  }
  return [...reasons].map(([reason, files]) => line(reason, files));
}

/** The sentence without the name at its beginning; one that names nobody stays whole. */
const reasonOf = ({ name, message }: Refusal): string =>
  message.startsWith(`${quoted(name)} `) ? message.slice(quoted(name).length + 1) : message;

function line(reason: string, files: readonly Refusal[]): string {
  const [only] = files;
  if (files.length === 1 && only !== undefined) return naming(only);
  const names = files.slice(0, NAMED).map(({ name }) => quoted(name));
  const more = files.length > NAMED ? ` and ${files.length - NAMED} more` : '';
  const each = files.some(({ message }) => message === reason) ? '' : 'each ';
  return `${names.join(', ')}${more}: ${each}${reason}`;
}

/** The sentence with the file's name in it. */
export const naming = ({ name, message }: Refusal): string =>
  message.includes(name) || message.includes(quoted(name)) ? message : `${quoted(name)}: ${message}`;
