/** The samples' drawings as SVG. Text is set in whatever sans and serif faces the machine has; the results are committed. */

const svg = (width: number, height: number, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;

const box = (x: number, y: number, w: number, h: number, fill: string, lines: readonly string[]): string => `
  <rect x="${x}" y="${y}" width="${w}" height="${h}" rx="8" fill="${fill}" stroke="#1f2a33" stroke-width="2.5"/>
  ${lines
    .map(
      (line, i) =>
        `<text x="${x + w / 2}" y="${y + h / 2 + 6 + (i - (lines.length - 1) / 2) * 19}" text-anchor="middle" font-family="Liberation Sans, Arial, sans-serif" font-size="17" fill="#1f2a33">${line}</text>`,
    )
    .join('')}`;

const arrow = (d: string): string =>
  `<path d="${d}" fill="none" stroke="#1f2a33" stroke-width="2.5" marker-end="url(#tip)"/>`;

/** A control loop, as on a slide: thin lines, rounded boxes, small labels, a curve. */
export const diagram = svg(
  540,
  360,
  `<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z" fill="#1f2a33"/></marker></defs>
  <rect width="540" height="360" fill="#fff"/>
  ${box(24, 60, 122, 66, '#fde7b0', ['sensor'])}
  ${box(209, 60, 122, 66, '#cfe6f7', ['filter', 'f = 50 Hz'])}
  ${box(394, 60, 122, 66, '#d9efd2', ['control'])}
  ${box(209, 236, 122, 66, '#f6d5d2', ['motor'])}
  ${arrow('M146 93 H207')}${arrow('M331 93 H392')}
  ${arrow('M455 126 V269 H333')}${arrow('M209 269 H85 V128')}
  <path d="M350 40 q8 -26 16 0 t16 0 t16 0" fill="none" stroke="#b3261e" stroke-width="2.5"/>
  <circle cx="455" cy="198" r="15" fill="#fff" stroke="#1f2a33" stroke-width="2.5"/><path d="M447 198h16M455 190v16" stroke="#1f2a33" stroke-width="2.5"/>
  <g font-family="Liberation Sans, Arial, sans-serif" font-size="15" font-style="italic" fill="#3a4650">
  <text x="166" y="84">x(t)</text><text x="351" y="84">y(t)</text><text x="380" y="288">u(t)</text><text x="96" y="204">feedback</text></g>
  <text x="270" y="345" text-anchor="middle" font-family="Liberation Sans, Arial, sans-serif" font-size="16" fill="#3a4650">Fig. 2: closed loop</text>`,
);

/** A made-up company's mark with lettering, on nothing: its edges must come out clean on any ground. */
export const logo = svg(
  360,
  240,
  `<defs><linearGradient id="hill" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#2f9e6e"/><stop offset="1" stop-color="#14634a"/></linearGradient></defs>
  <circle cx="180" cy="92" r="72" fill="#f6b73c"/>
  <path d="M108 92a72 72 0 0 0 144 0l-36 -34 -26 27 -22 -20z" fill="url(#hill)"/>
  <path d="M118 128 q30 -18 62 0 t62 0" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round"/>
  <path d="M136 148 q22 -13 44 0 t44 0" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" stroke-opacity="0.8"/>
  <text x="180" y="206" text-anchor="middle" font-family="Liberation Sans, Arial, sans-serif" font-weight="700" font-size="42" letter-spacing="2" fill="#14634a">Nordvik</text>
  <text x="180" y="230" text-anchor="middle" font-family="Liberation Sans, Arial, sans-serif" font-size="16" letter-spacing="6.5" fill="#50606b">FERRY LINE</text>`,
);

const PAGE_LINES = [
  'A lens gathers light from each point of the',
  'scene and brings it together again in one',
  'point of the picture. When the hand moves',
  'while the shutter is open, that point becomes',
  'a line, and every edge is drawn many times.',
];

/** Half a printed page: serif text at the size where letters begin to close up, a formula and a rule. */
export const page = svg(
  600,
  400,
  `<rect width="600" height="400" fill="#fbfaf6"/>
  <g font-family="Liberation Serif, Times, serif" fill="#191919">
  <text x="48" y="64" font-size="34" font-weight="700">2.3 How blur arises</text>
  <path d="M48 82h504" stroke="#191919" stroke-width="1.8"/>
  ${PAGE_LINES.map((line, i) => `<text x="48" y="${122 + i * 34}" font-size="26">${line}</text>`).join('')}
  <text x="300" y="314" font-size="28" font-style="italic" text-anchor="middle">b = k ∗ s + n</text>
  <text x="552" y="314" font-size="26" text-anchor="end">(4)</text>
  <text x="48" y="368" font-size="26">Here <tspan font-style="italic">k</tspan> is the path of the hand.¹</text></g>`,
);

/** A street corner with a sign: large letters, small letters, straight and round edges. */
export const sign = svg(
  960,
  640,
  `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#9cc3df"/><stop offset="1" stop-color="#e5eef2"/></linearGradient></defs>
  <rect width="960" height="640" fill="url(#sky)"/>
  <path d="M0 470 L120 380 210 430 330 330 470 450 600 390 760 470 960 400 V640 H0z" fill="#6f8f6b"/>
  <path d="M0 540 q240 -60 480 -20 t480 -30 V640 H0z" fill="#4f6f50"/>
  <g fill="#b46a4b"><rect x="30" y="300" width="190" height="230"/><path d="M14 304 125 214 236 304z" fill="#7c3f2c"/></g>
  <g fill="#f3ead2" stroke="#5b3526" stroke-width="5"><rect x="58" y="338" width="48" height="60"/><rect x="144" y="338" width="48" height="60"/><rect x="58" y="436" width="48" height="60"/><rect x="144" y="436" width="48" height="94" fill="#3f2a21"/></g>
  <rect x="588" y="120" width="22" height="520" fill="#6b7075"/><rect x="592" y="120" width="5" height="520" fill="#a7adb2"/>
  <g><rect x="330" y="96" width="540" height="150" rx="16" fill="#f8f8f4"/><rect x="340" y="106" width="520" height="130" rx="10" fill="#165a9c"/>
  <text x="372" y="172" font-family="Liberation Sans, Arial, sans-serif" font-weight="700" font-size="62" fill="#fff">Old Harbour</text>
  <text x="374" y="220" font-family="Liberation Sans, Arial, sans-serif" font-size="36" fill="#fff">Museum 400 m</text>
  <path d="M772 196h56m-20 -22 22 22 -22 22" fill="none" stroke="#fff" stroke-width="9"/></g>
  <g><rect x="420" y="276" width="360" height="104" rx="14" fill="#f8f8f4"/><rect x="428" y="284" width="344" height="88" rx="9" fill="#ffd23d"/>
  <text x="600" y="344" text-anchor="middle" font-family="Liberation Sans, Arial, sans-serif" font-weight="700" font-size="48" fill="#1c1c1c">TRAM 7 · 12</text></g>
  <circle cx="820" cy="430" r="56" fill="#c4231c"/><circle cx="820" cy="430" r="40" fill="#fff"/><text x="820" y="450" text-anchor="middle" font-family="Liberation Sans, Arial, sans-serif" font-weight="700" font-size="54" fill="#1c1c1c">30</text><rect x="812" y="486" width="16" height="154" fill="#6b7075"/>`,
);
