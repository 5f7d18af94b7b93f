import { OWN_RULES } from './own-rules.ts';
import { PRIVACY_RULES } from './privacy-rules.ts';
import { oneOf } from './rule.ts';
import type { Outright } from './rule.ts';
import { USE_RULES } from './use-rules.ts';
import type { Words } from './words.ts';

/** Hours, machine and steps of a training are asked for in the same words as those of a run. */
const OF_TRAINING = /\btrain(?:ed|ing)?\b/u;

/** "MSSNet RealBlur-R", "MIMO-UNet-RealBlur": what stays is the network, without the set. */
const NAMED_AFTER_A_SET = /\b(mss.?net|mimo.?unet).?realblur(?:.?[rj]\b)?/gu;

const KINDS = String.raw`(?:raw|heic|heif|tiff?|psd|svg|gif|avif|webp|bmp|dng|cr[23]|nef|jpe?g|png|pdf)s?`;

/** Things that people ask for outright, and the sentences that say them. */
const OUTRIGHT: readonly Outright[] = [
  ...OWN_RULES,
  ...PRIVACY_RULES,
  ...USE_RULES,
  {
    pattern: oneOf(
      String.raw`\btrain(?:ed|ing)?\b.*\b(?:hours?|minutes?|steps|iterations|epochs|rounds|machines?|computers?|hardware|gpus?|cpus?)\b`,
      String.raw`\b(?:how (?:long|much time|many)|(?:what|which) (?:machine|computer|hardware|gpu))\b.*\btrain(?:ed|ing)?\b`,
    ),
    // "How many U-Nets are trained?" asks for no effort, nor does "How many photos?".
    unless: /u-?nets\b|\bnetworks\b|\bstages\b|\bhow many (?:\w+ )?(?:photos|pictures|images|illustrations)\b/u,
    ids: ['own-effort'],
  },
  {
    pattern: /\bhow many (?:\w+ )?(?:photos|pictures|images|illustrations)\b.*\b(?:train|learn)/u,
    ids: ['own-licences'],
  },
  {
    pattern:
      /\bwho (?:wrote|made|invented|developed|created|published|are the authors)\b|\bauthors? of\b|\bcit(?:e|es|ed|ing|ation)s?\b|\bbibtex\b/u,
    unless: /\bweights\b|\bresults?\b|\boutputs?\b/u,
    ids: ['written'],
  },
  {
    // The encoder's own network is meant, not LIIF upon it.
    pattern: /\bliif\b(?!.?edsr).*\b(?:than|vs\.?|versus|compared (?:to|with)) (?:the |plain |original )*edsr\b/u,
    unless: /\brdn\b/u,
    ids: ['E4'],
    whole: true,
  },
  {
    pattern: /\bliif\b(?!.?rdn).*\b(?:than|vs\.?|versus|compared (?:to|with)) (?:the |plain |original )*rdn\b/u,
    unless: /\bedsr\b/u,
    ids: ['R4'],
    whole: true,
  },
  {
    // Nearly every figure here is of RealBlur-J.
    setsApart: true,
    pattern: /\b(?:psnr|ssim|db|scores?|good|well)\b.*\brealblur.?r\b|\brealblur.?r\b.*\b(?:psnr|ssim|db|scores?)\b/u,
    ids: ['Q8', 'S16'],
    whole: true,
  },
  { pattern: /\bssim\b/u, ids: ['L22'] },
  {
    unless: OF_TRAINING,
    pattern:
      /\bhow (?:long|much time|many (?:seconds|minutes|hours)|quick|fast)\b|\bslow(?:ly)?\b|\bwait(?:ing)?\b|\bduration\b|\bwhen will\b/u,
    ids: ['run-time', 'plan-time', 'plan-none'],
  },
  {
    unless: OF_TRAINING,
    pattern: /\b(?:gpu|webgpu|cpu|graphics? card|video card|processor|hardware|backend)\b/u,
    ids: ['run-backend', 'plan-backend', 'plan-none', 'page-device'],
  },
  {
    pattern: oneOf(
      String.raw`\bhow (?:big|large)\b.*\b(?:can|may|could|allowed)\b`,
      String.raw`\b(?:max(?:imum|imal)?|largest|biggest)\b.*\b(?:picture|image|photo|file|input|size|resolution)s?\b`,
      String.raw`\bsize limit`,
      String.raw`\blimit (?:on|of|for|to) (?:\w+ )?(?:file|picture|image|photo|size)\b`,
      String.raw`\b(?:picture|image|photo|file)s? (?:\w+ )?too (?:big|large)\b`,
      String.raw`\bmegapixel`,
    ),
    unless: /\b(?:blur|motion|shake)\b/u,
    ids: ['page-size', 'page-memory'],
  },
  { pattern: /transparent background|transparency/u, ids: ['page-alpha', 'page-alpha-files'], particular: true },
  { pattern: /transparent|\balpha\b/u, ids: ['page-alpha', 'page-alpha-files'] },
  {
    pattern: oneOf(
      String.raw`\b(?:what|which) (?:\w+ )?(?:formats?|file types?|kinds? of (?:files?|pictures?|images?))\b.*\b(?:open|read|use|upload|support|accept|take|drop|load|work)`,
      String.raw`\b(?:raw|heic|heif|tiff?|psd|svg|gif|avif|webp|bmp|dng|cr[23]|nef) (?:files?|photos?|pictures?|images?)\b`,
    ),
    ids: ['page-open'],
    particular: true,
  },
  {
    pattern: new RegExp(String.raw`\b(?:open|read|load|import|support|accept)s? (?:\w+ ){0,2}${KINDS}\b`, 'u'),
    ids: ['page-open'],
    particular: true,
    whole: true,
  },
  {
    pattern: oneOf(
      String.raw`\b(?:what|which) (?:\w+ )?(?:formats?|file types?)\b.*\b(?:save|download|export|store|best)`,
      String.raw`\b(?:save|download|export)\w* (?:\w+ ){0,3}(?:as|in|to) (?:an? )?(?:png|webp|jpe?g|avif|tiff?)\b`,
    ),
    ids: ['page-save'],
    particular: true,
  },
  {
    pattern: /\b(?:compression|jpe?g|webp) quality\b|\bquality of the (?:jpe?g|webp|saved)/u,
    ids: ['page-quality'],
    particular: true,
  },
  {
    pattern: /\bclipboard\b|\b(?:copy|share) (?:the|my|a|this) (?:results?|pictures?|images?|photos?)\b/u,
    ids: ['page-copy'],
    particular: true,
  },
  {
    pattern: oneOf(
      String.raw`\bexif\b`,
      String.raw`\bmeta-?data\b`,
      String.raw`\bgps (?:data|position|place|coordinates?)\b`,
      String.raw`\bgeo-?tag`,
      String.raw`\b(?:my|photo(?:'s)?|picture(?:'s)?) location\b`,
      String.raw`\blocation (?:data|of (?:my|the) (?:photo|picture))`,
    ),
    ids: ['page-exif', 'page-marked'],
    particular: true,
  },
  {
    pattern:
      /\bis (?:this|it|that) (?:an? )?(?:ai|artificial intelligence)\b|\bai[- ]generated\b|\b(?:xmp|iptc|c2pa)\b/u,
    ids: ['page-marked'],
    particular: true,
  },
  {
    pattern: oneOf(
      String.raw`\b(?:many|several|multiple|more than one|two|ten|hundreds? of|all my) (?:pictures|images|photos|files)\b.*\b(?:at once|together|same time|one go)`,
      String.raw`\b(?:batch|folder of)\b.*\b(?:pictures|images|photos|files)`,
      String.raw`\b(?:pictures|images|photos|files)\b.*\bbatch`,
    ),
    ids: ['page-many'],
    particular: true,
  },
  {
    pattern: /\bhow many (?:pictures|images|photos|files) (?:can|may|could) (?:i|it|limpid|you)\b/u,
    ids: ['page-many'],
    particular: true,
  },
  { pattern: /\bslider\b|\bbefore and after\b/u, ids: ['page-compare'], particular: true },
  {
    pattern:
      /\b(?:phones?(?! home)|smartphones?|mobiles?|tablets?|iphones?|ipads?|android|safari|firefox|browsers?)\b/u,
    ids: ['page-device', 'page-tried'],
  },
  {
    pattern:
      /\b(?:work|run)s? on (?:(?:a|an|my|this|the) )?(?:\w+ )?(?:laptop|computer|pc|mac|macbook|chromebook|windows|linux)\b/u,
    ids: ['page-device', 'page-tried'],
    particular: true,
  },
  {
    pattern: /\btil(?:es?|ed|ing)\b.*\bseams?\b|\bseams?\b.*\b(?:tiles?|pictures?|photos?|images?|results?)\b/u,
    ids: ['seam'],
    particular: true,
  },
  {
    pattern: /\btil(?:es?|ed|ing)\b.*\b(?:chang|differ|affect|alter|visible|same|result|quality|harm)|\bseams?\b/u,
    ids: ['seam'],
  },
  {
    pattern: /(?<!mimo.?)\bu-?nets\b|\bsix (?:\w+ )?(?:networks|stages)\b|\b(?:networks|stages)\b.*\btrained\b/u,
    ids: ['S3', 'M3', 'own-remark'],
    particular: true,
    whole: true,
  },
  { pattern: /\bhow many (?:\w+ )?(?:networks|stages)\b/u, ids: ['S3', 'M3', 'own-remark'] },
  { pattern: /\bwhat (?:is|are|does|do)\b.*\b(?:psnr|db|decibels?)\b/u, ids: ['page-psnr'] },
  {
    pattern: oneOf(
      String.raw`\blooks? (?:just |exactly )?the same\b`,
      String.raw`\bno (?:visible )?(?:change|difference)\b`,
      String.raw`\bnothing (?:has )?(?:changed|happened)\b`,
      String.raw`\bdid(?:n['’]t| not) (?:do|change) (?:anything|much)\b`,
    ),
    ids: ['run-change', 'plan-none', 'own-remark'],
    particular: true,
  },
  {
    pattern:
      /what (?:has |was |is )?(?:been )?changed|what did (?:you|it|the \w+) change|how much (?:has |did |was )?.*chang/u,
    ids: ['run-change'],
  },
];

/** Those that are asked for, in order. */
export const asked = (words: Words): readonly Outright[] => OUTRIGHT.filter((one) => asks(one, words));

function asks({ pattern, unless, setsApart }: Outright, { text }: Words): boolean {
  const read = setsApart === true ? text.replaceAll(NAMED_AFTER_A_SET, '$1') : text;
  return pattern.test(read) && unless?.test(read) !== true;
}

/** Whether a question can only be about this page, by one phrase alone. */
export const isParticular = (words: Words): boolean => asked(words).some(({ particular }) => particular === true);
