// There is no DOM in workers. Each pattern can be matched in one way only, so that no document takes long.
const NAME = String.raw`[^\s<>"'=/]+`;
const ATTRIBUTE = String.raw`\s+(${NAME})\s*=\s*(?:"[^"<]*"|'[^'<]*')`;
/** Text, a comment, CDATA, a processing instruction, an end tag (1: name) or a start tag (2: name, 3: attributes, 5: its slash). */
const TOKEN = String.raw`[^<]+|<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|</(${NAME})\s*>|<(${NAME})((?:${ATTRIBUTE})*)\s*(/?)>`;

/** Attributes of a start tag, each with the space before it (1: name). */
export const ATTRIBUTES = new RegExp(ATTRIBUTE, 'g');

/** XML without a DOCTYPE token by token; the last one is null when the rest is none. */
export function* tokens(xml: string): Generator<RegExpExecArray | null> {
  const pattern = new RegExp(TOKEN, 'y');
  while (pattern.lastIndex < xml.length) {
    const token = pattern.exec(xml);
    yield token;
    if (token === null) return;
  }
}
