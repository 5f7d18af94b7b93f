import { useEffect, useState } from 'react';
import type { OutputFormat } from '../../../contract/picture.ts';
import { copy, share } from '../../state/pass.ts';
import { reveal } from '../explanation/reveal.ts';
import { Arrow, Check, Copy, Share } from '../icons.tsx';
import { canShare } from './formats.ts';

/** The result to the clipboard; the button says when it is there. */
export function CopyButton({ disabled }: { disabled: boolean }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2500);
    return () => clearTimeout(timer);
  }, [copied]);
  if (typeof ClipboardItem === 'undefined') return null;
  return (
    <>
      <button
        type="button"
        className="button quiet-button pass-button"
        aria-disabled={disabled}
        onClick={() => void copy().then(setCopied)}
      >
        {copied ? <Check /> : <Copy />} {copied ? 'Copied' : 'Copy picture'}
      </button>
      {/* Not the button itself, whose own name would be read out when it comes back. */}
      <span aria-live="polite" className="only-heard">
        {copied && 'Copied'}
      </span>
    </>
  );
}

/** To the explanation, which lies below the controls wherever it has no column of its own. */
export const HowButton = () => (
  <button type="button" className="button quiet-button pass-button how-button" onClick={showExplanation}>
    <Arrow /> How was this made?
  </button>
);

function showExplanation(): void {
  const title = document.querySelector<HTMLElement>('.ex-title');
  if (title === null) return;
  reveal(title, 'start');
  title.focus({ preventScroll: true });
}

/** To another program of this device, where the browser can hand files over. */
export function ShareButton({ format, disabled }: { format: OutputFormat; disabled: boolean }) {
  if (!canShare(format)) return null;
  return (
    <button
      type="button"
      className="button quiet-button pass-button"
      aria-disabled={disabled}
      onClick={() => void share()}
    >
      <Share /> Share picture
    </button>
  );
}
