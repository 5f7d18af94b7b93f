import { createContext, useContext, type RefObject } from 'react';
import type { Reference } from '../../evidence/references.ts';

export interface Citing {
  readonly sources: readonly Reference[];
  /** Keeps the ids of the list apart from everything else on the page. */
  readonly prefix: string;
  /** The panel, inside whose edges a popover stays. */
  readonly panel: RefObject<HTMLElement | null>;
}

export const CitationContext = createContext<Citing | null>(null);

/** @throws Error outside the panel, which is a mistake in the page's code. */
export function useCiting(): Citing {
  const citing = useContext(CitationContext);
  if (citing === null) throw new Error('A citation stands outside the explanation panel.');
  return citing;
}

export const sourceElementId = (prefix: string, number: number): string => `${prefix}source-${number}`;
