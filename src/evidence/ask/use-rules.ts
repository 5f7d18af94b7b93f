import type { Outright } from './rule.ts';

const SAME = String.raw`\b(?:same|identical|equal|differ\w*|agree\w*|match\w*)\b`;
const GPU = String.raw`\b(?:web)?gpu\b`;
const CPU = String.raw`\b(?:wasm|webassembly|cpu)\b`;
const THEIRS = String.raw`(?:(?:the )?authors?['’]?s?['’]?|official|original|pre-?trained|my own)`;

/** How Limpid is used, and what it does with a file's values. */
export const USE_RULES: readonly Outright[] = [
  {
    pattern:
      /\b(?:max\w*|largest|biggest|highest|min(?:imum|imal)?|smallest|lowest)\b.*\b(?:scales?|factors?|zoom|magnification|enlargement)\b|\bhow far\b.*\b(?:zoom|enlarge|upscale)\b/u,
    ids: ['page-range', 'L12', 'M1', 'S1'],
    whole: true,
  },
  {
    pattern: /\b(?:8|16|10|12|sixteen|eight).?bits?\b|\bbit.?depth\b/u,
    ids: ['page-depth'],
    particular: true,
    whole: true,
  },
  {
    pattern: /\b(?:icc|colou?r) (?:profiles?|spaces?|management)\b|\bdisplay p3\b|\badobe ?rgb\b|\bsrgb\b/u,
    ids: ['page-colours'],
    particular: true,
    whole: true,
  },
  {
    pattern: new RegExp(`(?=.*${GPU})(?=.*${CPU})(?=.*${SAME})`, 'u'),
    ids: ['page-proof', 'run-proof'],
    particular: true,
    whole: true,
  },
  {
    pattern: /\b(?:cancel|abort|stop) (?:a|the|this|my) (?:run|restoration)\b/u,
    ids: ['page-cancel'],
    particular: true,
    whole: true,
  },
  {
    pattern: /\b(?:webgpu|wasm|webassembly)\b|\bfall(?:s|en)? ?back\b|\b(?:how many|number of) (?:\w+ )?threads\b/u,
    ids: ['run-backend', 'plan-backend', 'plan-none', 'page-device'],
    particular: true,
  },
  {
    pattern: /\b(?:file|download)\b.*\b(?:bigger|larger|smaller|heavier|huge)\b/u,
    ids: ['page-save', 'page-quality'],
    particular: true,
    whole: true,
  },
  {
    pattern: /\bcommand.?lines?\b|\bcli\b|\bterminal\b|\bheadless\b/u,
    ids: ['page-command', 'page-many'],
    particular: true,
    whole: true,
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:load|import|use|run|add|open|drop|install)\w*\b (?:\w+ )?${THEIRS} (?:\w+ )?(?:weights|checkpoints?|files?|models?|networks?)\b|\.pth\b`,
      'u',
    ),
    ids: ['page-authors', 'own-weights'],
    particular: true,
  },
];
