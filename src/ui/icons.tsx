import type { ReactNode } from 'react';

/** Drawn for this page on a 20 × 20 grid; always beside or instead of a name, never the name itself. */
function icon(drawing: ReactNode) {
  return function Icon() {
    return (
      <svg className="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
        {drawing}
      </svg>
    );
  };
}

export const Plus = icon(<path d="M10 4v12M4 10h12" />);
export const Minus = icon(<path d="M4 10h12" />);
export const Cross = icon(<path d="m5 5 10 10M15 5 5 15" />);
export const Check = icon(<path d="m4 10.5 4 4L16 6" />);
export const Clock = icon(
  <>
    <circle cx="10" cy="10" r="6.5" />
    <path d="M10 6v4.5l2.5 1.5" />
  </>,
);
export const Warning = icon(
  <>
    <path d="M10 3.5 17.5 16.5h-15z" />
    <path d="M10 8v4M10 14.2v.3" />
  </>,
);
/** Arrows towards the middle: all of the picture into the window. */
export const Fit = icon(<path d="M3 7.5h4.500V3M17 7.500h-4.500V3M3 12.500h4.500V17M17 12.500h-4.500V17" />);
/** Corners: the picture alone, in the whole window. */
export const FullWindow = icon(<path d="M7 3.5H3.5V7M13 3.5h3.5V7M7 16.5H3.5V13M13 16.5h3.5V13" />);
export const Arrow = icon(<path d="M10 4v11M5.5 10.5 10 15l4.5-4.5" />);
export const Down = icon(<path d="M10 3.5v9M6 9l4 4 4-4M4 16.5h12" />);
export const Copy = icon(
  <>
    <rect x="7" y="7" width="9.5" height="9.5" rx="1.5" />
    <path d="M13 7V5A1.5 1.5 0 0 0 11.5 3.5H5A1.5 1.5 0 0 0 3.5 5v6.5A1.5 1.5 0 0 0 5 13h2" />
  </>,
);
export const Share = icon(<path d="M10 12V3M6.5 6 10 2.7 13.5 6M6.5 9H4.5v8h11V9h-2" />);
export const Picture = icon(
  <>
    <rect x="2.5" y="4" width="15" height="12" rx="1.5" />
    <path d="m3 14 4.5-4.5 3.5 3.5 2.5-2.5 3.5 3.5" />
    <circle cx="13" cy="7.5" r="1" />
  </>,
);
export const Sun = icon(
  <>
    <circle cx="10" cy="10" r="3.5" />
    <path d="M10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.700 4.700l1.400 1.400M13.900 13.900l1.400 1.400M4.700 15.300l1.400-1.400M13.900 6.100l1.400-1.400" />
  </>,
);
export const Moon = icon(<path d="M16 12.2A6.700 6.700 0 0 1 7.800 4a6.5 6.5 0 1 0 8.2 8.2z" />);
export const Auto = icon(
  <>
    <circle cx="10" cy="10" r="6.5" />
    <path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
  </>,
);
export const Keys = icon(
  <>
    <rect x="2" y="5" width="16" height="10" rx="1.5" />
    <path d="M5 8h.5M8 8h.5M11 8h.5M14.5 8h.5M6 12h8" />
  </>,
);
