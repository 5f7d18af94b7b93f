/** A file's name as it stands in a sentence: in quotation marks, and cut where it is so long that nobody would read on. */
export const quoted = (name: string): string =>
  `“${name.length > 60 ? `${name.slice(0, 40)}…${name.slice(-15)}` : name}”`;
