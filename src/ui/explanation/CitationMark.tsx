import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent as ReactKeyboardEvent, MouseEvent, PointerEvent } from 'react';
import type { StatementKind } from '../../evidence/types.ts';
import { sourceElementId, useCiting } from './citation-context.ts';
import type { Cited } from './Citations.tsx';
import { jumpTo } from './reveal.ts';

/** How long the pointer may be between the number and its popover before the latter closes. */
const GRACE = 180;

const KNOWN: Readonly<Record<StatementKind, string>> = {
  paper: 'Read in the paper',
  code: 'Read in the code',
  summary: 'Read in the supplied summary',
  measured: 'Counted or measured by Limpid on the authors’ code',
  reported: 'Reported by others, not by the authors',
  reasoned: 'Our reasoning from this place',
  run: 'Recorded in this run',
  settings: 'Chosen on the page',
  project: 'Limpid’s own record',
};

interface CitationMarkProps {
  readonly cited: Cited;
  readonly kind: StatementKind;
}

/**
 * A number that is a link to its entry in the list. Hover, focus or a tap opens a popover with the source and the exact
 * place; there a tap goes on to the list, since a finger cannot hover. Tab goes from number to number: the popover's links
 * take the focus only once the arrow key has gone down to them.
 */
export function CitationMark({ cited, kind }: CitationMarkProps) {
  const { reference, places } = cited;
  const { prefix, panel } = useCiting();
  const [open, setOpen] = useState(false);
  const [inside, setInside] = useState(false);
  const wrap = useRef<HTMLSpanElement>(null);
  const popover = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const touched = useRef(false);
  const id = useId();

  const show = (): void => {
    clearTimeout(timer.current);
    setOpen(true);
  };
  const hide = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(false), GRACE);
  };
  // Fingers bring emulated mouse events along; only a real mouse hovers.
  const onEnter = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') show();
  };
  const onLeave = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') hide();
  };
  // A window that loses the focus, to another tab for a moment, takes nothing away.
  const onBlur = (): void => {
    if (document.hasFocus()) hide();
  };
  const onFocus = (event: FocusEvent): void => {
    setInside(popover.current?.contains(event.target) === true);
    show();
  };
  const onKeyDown = (event: ReactKeyboardEvent): void => {
    if (event.key !== 'ArrowDown' || inside || popover.current === null) return;
    event.preventDefault();
    popover.current.querySelector('a')?.focus();
  };
  useLayoutEffect(() => {
    if (open && wrap.current !== null && popover.current !== null && panel.current !== null) {
      place(popover.current, wrap.current, panel.current);
    }
  }, [open, panel]);
  useEffect(() => () => clearTimeout(timer.current), []);
  // A finger leaves nothing and, in some browsers, takes no focus away: a tap elsewhere closes what a tap opened.
  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: globalThis.PointerEvent): void => {
      if (event.target instanceof Node && wrap.current?.contains(event.target) !== true) setOpen(false);
    };
    // Wherever the focus is, since a pointer that hovers has none; in the capture phase, so that nothing else is ended by it.
    const dismiss = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.stopPropagation();
      if (popover.current?.contains(document.activeElement) === true) wrap.current?.querySelector('a')?.focus();
      clearTimeout(timer.current);
      setOpen(false);
    };
    document.addEventListener('pointerdown', elsewhere);
    document.addEventListener('keydown', dismiss, { capture: true });
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      document.removeEventListener('keydown', dismiss, { capture: true });
    };
  }, [open]);

  const toList = (event: MouseEvent): void => {
    event.preventDefault();
    setOpen(false);
    jumpTo(sourceElementId(prefix, reference.number));
  };
  const onClick = (event: MouseEvent): void => {
    if (!touched.current) return toList(event);
    event.preventDefault();
    touched.current = false;
    show();
  };
  const onPointerDown = (event: PointerEvent): void => {
    touched.current = event.pointerType === 'touch';
  };
  const where = places.map((citation) => citation.place).join('; ');
  const href = `#${sourceElementId(prefix, reference.number)}`;

  return (
    <span
      role="presentation"
      className="ex-cite"
      ref={wrap}
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
      onFocus={onFocus}
      onBlur={onBlur}
      onKeyDown={onKeyDown}
    >
      <a
        href={href}
        className="ex-cite-number"
        aria-label={`Source ${reference.number}: ${reference.title}, ${where}`}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-keyshortcuts="ArrowDown"
        onPointerDown={onPointerDown}
        onClick={onClick}
      >
        {reference.number}
      </a>
      {open && (
        <span className="ex-popover" id={id} ref={popover}>
          <span className="ex-popover-title">{reference.title}</span>
          {places.map((citation) => (
            <span className="ex-popover-place" key={citation.place}>
              {citation.place}
              {citation.kind === 'project' && citation.command !== undefined && <code>{citation.command}</code>}
            </span>
          ))}
          <span className="ex-popover-kind">{KNOWN[kind]}.</span>
          <span className="ex-popover-links">
            {reference.links.map(({ kind: name, url }) => (
              <a key={url} href={url} target="_blank" rel="noopener noreferrer" tabIndex={inside ? 0 : -1}>
                {name}
              </a>
            ))}
            <a href={href} onClick={toList} tabIndex={inside ? 0 : -1}>
              In the list
            </a>
          </span>
        </span>
      )}
    </span>
  );
}

/** Puts the popover under the number, or over it where the window ends, and inside the panel's edges. */
function place(popover: HTMLElement, anchor: HTMLElement, panel: HTMLElement): void {
  const number = anchor.getBoundingClientRect();
  const frame = panel.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const margin = 12;
  const wanted = number.left + number.width / 2 - width / 2 - frame.left;
  const left = Math.max(margin, Math.min(wanted, panel.clientWidth - width - margin));
  const below = number.bottom + height + margin < window.innerHeight;
  const top = (below ? number.bottom + 2 : number.top - height - 2) - frame.top + panel.scrollTop;
  popover.style.left = `${left}px`;
  popover.style.top = `${top}px`;
}
