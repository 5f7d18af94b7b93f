import { ascii, fromUtf8, startsWith } from '../bytes.ts';
import { ATTRIBUTES, tokens } from '../xml.ts';
import { damaged, plainHeader, type Header } from './header.ts';

/** CSS pixels of each absolute unit (CSS Values 4, 6.2); em and ex at the initial font size of 16 px. */
const UNIT: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  em: 16,
  rem: 16,
  ex: 8,
};

export interface SvgFile {
  readonly header: Header;
  /** The drawing without scripts, handlers and references to elsewhere, with its size in pixels stated on its root. */
  readonly markup: string;
}

/** Reads the size that an SVG gives itself (`width` and `height`, else `viewBox`) and cleans the markup. */
export function readSvg(bytes: Uint8Array): SvgFile {
  const { text, cleaned } = clean(expandEntities(decodeText(bytes).replace(/^<\?xml[^>]*\?>/, '')));
  const { before, root } = findRoot(text);
  const [tag, , name = 'svg', attributes = '', , slash = ''] = root;
  const { width, height } = sizeOf(attributes);
  const rest = attributes.replace(/\s(?:width|height)\s*=\s*(?:"[^"]*"|'[^']*')/gi, '');
  // A drawing with a size but no viewBox keeps its own coordinates; the stated size equals it.
  const namespaced = /\sxmlns(?::[\w-]+)?\s*=/.test(rest) ? rest : `${rest} xmlns="http://www.w3.org/2000/svg"`;
  const sized = `<${name}${namespaced} width="${width}" height="${height}"${slash}>`;
  const markup = text.slice(0, before) + sized + text.slice(before + tag.length);
  const notes = cleaned
    ? ['Scripts and references to other files were taken out of this SVG before it was drawn.']
    : [];
  return {
    markup,
    header: { ...plainHeader('svg', width, height), notes },
  };
}

/** The root's start tag and how much text stands before it. */
function findRoot(text: string): { before: number; root: RegExpExecArray } {
  for (const token of tokens(text)) {
    if (token?.[2] === undefined) continue;
    if (!/^(?:[\w-]+:)?svg$/i.test(token[2])) break;
    return { before: token.index, root: token };
  }
  throw damaged('is a damaged SVG: its root element is broken.');
}

/** Text in the encoding that its first bytes or its XML declaration state, else UTF-8 (XML 1.0, 4.3.3). */
function decodeText(bytes: Uint8Array): string {
  if (startsWith(bytes, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(bytes);
  if (startsWith(bytes, [0xfe, 0xff])) return new TextDecoder('utf-16be').decode(bytes);
  const declaration = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(ascii(bytes, 0, 100));
  try {
    const decoder = new TextDecoder(declaration?.[1] ?? 'utf-8');
    // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
    if (!decoder.encoding.startsWith('utf-16')) return decoder.decode(bytes);
  } catch {
    // A label that no browser knows.
  }
  return fromUtf8(bytes);
}

const attribute = (attributes: string, name: string): string | null => {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(attributes);
  return match === null ? null : (match[1] ?? match[2] ?? '').trim();
};

function length(text: string | null): number | null {
  const match = /^\+?((?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)\s*([a-z]*)$/i.exec(text ?? '');
  const unit = match === null ? undefined : UNIT[(match[2] ?? '').toLowerCase()];
  return match === null || unit === undefined ? null : Number(match[1]) * unit;
}

/** Whole pixels, as browsers size an image without a box: width and height, the missing one from the viewBox's ratio. */
function sizeOf(attributes: string): { width: number; height: number } {
  const box = (attribute(attributes, 'viewBox') ?? '').split(/[\s,]+/).map(Number);
  const [, , boxWidth = 0, boxHeight = 0] = box;
  const ratio = boxWidth > 0 && boxHeight > 0 ? boxWidth / boxHeight : null;
  const width = length(attribute(attributes, 'width'));
  const height = length(attribute(attributes, 'height'));
  if (width !== null && height !== null) return whole(width, height);
  if (width !== null) return whole(width, ratio === null ? 150 : width / ratio);
  if (height !== null) return whole(ratio === null ? 300 : height * ratio, height);
  return ratio === null ? whole(300, 150) : whole(boxWidth, boxHeight);
}

const whole = (width: number, height: number): { width: number; height: number } => ({
  width: width > 0 ? Math.max(1, Math.round(width)) : 0,
  height: height > 0 ? Math.max(1, Math.round(height)) : 0,
});

/** Longest text that entities may grow a drawing to: they multiply ("billion laughs"). */
const LARGEST_EXPANSION = 64 * 1024 * 1024;

/** Resolves a DOCTYPE's plain entities (old Illustrator files name their namespaces so) and drops the DOCTYPE. */
function expandEntities(text: string): string {
  const pattern = /<!DOCTYPE[^>[]*(?:\[([\s\S]*?)\]\s*)?>/iy;
  // There is one at most; searching on from each that does not end would take the square of their number.
  pattern.lastIndex = Math.max(0, text.search(/<!DOCTYPE/i));
  const doctype = pattern.exec(text);
  if (doctype === null) return text;
  const entities = new Map<string, string>();
  for (const match of (doctype[1] ?? '').matchAll(/<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>/g)) {
    const value = match[2] ?? match[3] ?? '';
    if (/&(?!#)/.test(value))
      throw damaged('is an SVG whose entities refer to each other; Limpid does not unfold those.');
    entities.set(match[1] ?? '', value);
  }
  let grown = text.length;
  return text.replace(doctype[0], '').replace(/&([\w.-]+);/g, (reference, name: string) => {
    const value = entities.get(name);
    if (value === undefined) return reference;
    grown += value.length;
    if (grown > LARGEST_EXPANSION) throw damaged('is an SVG whose entities unfold to more than 64 MB.');
    return value;
  });
}

/** Elements that run or load something; their prefix is the writer's choice. */
const FORBIDDEN = /^(?:[\w-]+:)?(?:script|foreignObject|iframe|object|embed)$/i;

/** Event handlers, and addresses outside the file. */
const isForbidden = (name: string, value: string): boolean =>
  /^on\w+$/i.test(name) || (/^(?:[\w-]+:)?(?:href|src)$/i.test(name) && !/^\s*(?:#|data:image\/)/i.test(value));

/** A quote around an address in CSS; inside an attribute it may be written as a reference. */
const QUOTE = `(?:["']|&quot;|&apos;|&#(?:0*3[49]|x0*2[27]);)`;
const OUTSIDE_URL = new RegExp(`url\\((?!\\s*(?:${QUOTE}\\s*)?(?:#|data:))[^)]*\\)`, 'gi');

/**
 * Takes out scripts, event handlers, foreign HTML and references that leave the file, in one pass over the tags. This is the
 * second wall: the first is the browser, which draws an SVG image without script and without loading anything (HTML, "secure
 * static mode"), and refuses one that is not well-formed, as this does.
 */
function clean(text: string): { text: string; cleaned: boolean } {
  let kept = '';
  let cleaned = false;
  let depth = 0;
  /** Elements open around the forbidden one that is being left out. */
  let outside = Infinity;
  for (const token of tokens(text)) {
    if (token === null) throw damaged('is a damaged SVG: its markup is cut off or broken.');
    const [piece, closed, opened, attributes = '', , slash] = token;
    if (opened !== undefined && outside === Infinity && FORBIDDEN.test(opened)) outside = depth;
    if (opened !== undefined) depth += 1;
    if (outside < Infinity || /^<\?xml-stylesheet/i.test(piece)) cleaned = true;
    else {
      const rest = attributes.replace(ATTRIBUTES, (all, name: string) =>
        isForbidden(name, all.slice(all.search(/["']/) + 1, -1)) ? '' : all,
      );
      cleaned ||= rest !== attributes;
      kept += piece.replace(attributes, () => rest);
    }
    if (closed !== undefined || slash === '/') depth -= 1;
    if (depth <= outside) outside = Infinity;
  }
  // Each address is then closed somewhere, so that none is searched for to the end.
  const closedUpTo = kept.lastIndexOf(')') + 1;
  const styled = (kept.slice(0, closedUpTo).replace(OUTSIDE_URL, 'none') + kept.slice(closedUpTo)).replace(
    /@import[^;]*;?/gi,
    '',
  );
  return { text: styled, cleaned: cleaned || styled !== kept };
}
