import type { Passage } from './answers/types.ts';
import type { Answer } from './compose.ts';
import { keyOf } from './references.ts';
import type { Reference } from './references.ts';
import type { Statement } from './types.ts';

/** An answer as Markdown: every sentence with its numbers and places, then the numbered sources. */
export function toMarkdown(answer: Answer): string {
  const { question, reply, task, workflow, figure, sources } = answer;
  const parts: string[] = ['# Explanation'];
  if (question !== null && question.trim() !== '') parts.push(quote(question));
  if (reply !== null) {
    const text = reply.kind === 'answered' ? sentences(reply.statements, sources) : escapeMarkdown(reply.message);
    parts.push('## Answer', text);
  }
  parts.push('## Task', ...task.map((part) => passage(part, sources)));
  parts.push('## Workflow');
  if (figure !== null) parts.push(`${escapeMarkdown(figure.description)} ${sentence(figure.caption, sources)}`);
  parts.push(...workflow.map((part) => passage(part, sources)));
  parts.push('## Sources', sources.map(entry).join('\n'));
  return `${parts.join('\n\n')}\n`;
}

const passage = ({ lead, statements }: Passage, sources: readonly Reference[]): string =>
  `${lead === null ? '' : `**${escapeMarkdown(lead)}** `}${sentences(statements, sources)}`;

const sentences = (statements: readonly Statement[], sources: readonly Reference[]): string =>
  statements.map((statement) => sentence(statement, sources)).join(' ');

function sentence({ text, kind, citations }: Statement, sources: readonly Reference[]): string {
  const mark = kind === 'reasoned' ? ' (our reasoning)' : kind === 'reported' ? ' (reported by others)' : '';
  const places = citations.map((citation) => {
    const number = sources.find(({ key }) => key === keyOf(citation))?.number;
    const command = citation.kind === 'project' && citation.command !== undefined ? `; \`${citation.command}\`` : '';
    return `\\[${number ?? '?'}: ${escapeMarkdown(citation.place)}${command}\\]`;
  });
  return `${escapeMarkdown(text)}${mark} ${places.join(' ')}`;
}

function entry({ number, title, byline, links, line, read }: Reference): string {
  const about = [title, byline]
    .filter((text) => text !== '')
    .map(escapeMarkdown)
    .join('. ');
  const urls = links.map(({ kind, url }) => `${kind}: <${url}>`).join(' · ');
  const rest = [line === null ? '' : escapeMarkdown(line.text), escapeMarkdown(read)];
  return `${number}. ${[`${about}.`, urls, ...rest].filter((text) => text !== '').join(' ')}`;
}

const quote = (question: string): string =>
  question
    .trim()
    .split('\n')
    .map((line) => `> ${escapeMarkdown(line)}`)
    .join('\n');

/** A person's question, a file's name or a label must not become a heading, a link or a tag in somebody's document. */
const escapeMarkdown = (text: string): string => text.replaceAll(/[\\`*_[\]<>#|~]/gu, String.raw`\$&`);
