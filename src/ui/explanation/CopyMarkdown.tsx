import { useEffect, useState } from 'react';
import type { Answer } from '../../evidence/compose.ts';
import { toMarkdown } from '../../evidence/markdown.ts';

type Copied = 'no' | 'yes' | 'refused';

const LABELS: Readonly<Record<Copied, string>> = {
  no: 'Copy as Markdown',
  yes: 'Copied',
  refused: 'The browser refused to copy',
};

/** Copies the whole explanation with its references; says what came of it in its own place. */
export function CopyMarkdown({ answer }: { readonly answer: Answer }) {
  const [copied, setCopied] = useState<Copied>('no');
  useEffect(() => {
    if (copied === 'no') return;
    const timer = setTimeout(() => setCopied('no'), 2500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(toMarkdown(answer));
      setCopied('yes');
    } catch {
      setCopied('refused');
    }
  };
  return (
    <button type="button" className="ex-text-button" onClick={() => void copy()}>
      <span aria-live="polite">{LABELS[copied]}</span>
    </button>
  );
}
