import type { Ref } from 'react';
import { Cross } from '../icons.tsx';

interface CrossButtonProps {
  /** What it removes or dismisses, for those who do not see the cross. */
  readonly label: string;
  readonly title?: string;
  readonly className?: string;
  /** Whether what it asks first is on the page; for a cross that asks. */
  readonly expanded?: boolean;
  readonly onClick: () => void;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A small cross that takes away what it stands beside. */
export const CrossButton = ({ label, className = '', expanded, ...rest }: CrossButtonProps) => (
  <button
    type="button"
    className={`icon-button ${className}`.trim()}
    aria-label={label}
    aria-expanded={expanded}
    {...rest}
  >
    <Cross />
  </button>
);
