import { oneOf } from './rule.ts';
import type { Outright } from './rule.ts';

const RIGHTS = String.raw`(?:licen[cs]\w*|open.?source\w*|commercial\w*|copyright\w*)`;
const US = String.raw`(?:your|limpid|this (?:page|tool|site|app|project|program))\b`;
const PLATE = String.raw`\b(?:plates?\b|driver)`;
/** Rights in Limpid's own work; the authors' are another matter. */
const OUR_RIGHTS = String.raw`^(?!.*(?:${PLATE}|\bauthors?\b)).*(?:\b${US}.*\b${RIGHTS}|\b${RIGHTS}.*\b${US}|\bown (?:weights|code)\b.*\b${RIGHTS}|\b${RIGHTS}.*\bown (?:weights|code)\b|\bare you (?:open.?source|licen[cs]ed))`;
/** A result, or what somebody calls theirs; "the pictures" are those of a test. */
const RESULT = String.raw`(?:(?:my|this|these|the) (?:\w+ )?(?:results?|outputs?|runs?|enlargements?|restorations?)|(?:my|this) (?:\w+ )?(?:pictures?|photos?|images?))\b`;
const FIGURE = String.raw`\b(?:psnr|ssim|db|decibels?|scores?|how much (?:better|sharper|closer))\b`;
const VERDICT = String.raw`(?:good|bad|high|low|enough|ok|okay|fine|poor|great|excellent|decent)\b`;
const TEST_SET = String.raw`(?:test|validation|evaluation|benchmark) (?:sets?|data|pictures?|images?|photos?|pairs?)\b`;
const CHOOSING = String.raw`(?:tun\w+|train\w*|seen|peek\w*|look\w*|use[ds]?|only|few|cho[os]\w+|select\w*|held)`;
const CITE = String.raw`\b(?:cit(?:e[sd]?|ing|ations?)|bibtex)\b`;
const SETS = /\bset5\b|\bset14\b|\bb100\b|urban100|div2k|gopro|realblur|rsblur|\bpapers?\b|\bpublished\b|\bauthors?\b/u;

const REALBLUR = String.raw`\brealblur\b`;
const NAMED_SETS = String.raw`(?:\b(?:set5|div2k|gopro)\b|${REALBLUR})`;
/** What the authors did, or what figures say of a set. */
const OF_PUBLISHED = /\bauthors?\b|\bpublished\b|\bofficial|\boriginal|\bpapers?\b|\bscores?\b|\bpsnr\b/u;
const LEARNED = String.raw`\b(?:train\w*|learn\w*|practi[sc]ed|seen|saw)\b`;

/** What Limpid does with rights and figures. */
export const OWN_RULES: readonly Outright[] = [
  {
    // Of the pictures that taught, not of the weights that learned.
    pattern: new RegExp(
      String.raw`(?=.*\b${RIGHTS})(?=.*\b(?:train|learn)\w*)(?=.*\b(?:photo\w*|pictures?|images?|data\w*|illustrations?)\b)|\bcc[ -]by[ -]sa\b|\bcreative commons\b|\bunsplash\b`,
      'u',
    ),
    unless: new RegExp(PLATE, 'u'),
    ids: ['own-licences'],
    particular: true,
  },
  { pattern: new RegExp(OUR_RIGHTS, 'u'), ids: ['page-rights', 'own-weights'], particular: true, whole: true },
  {
    pattern:
      /\b(?:i|we|to|anyone)\b.*\b(?:sell|publish|licen[cs]e)\b.*\b(?:results?|prints?|outputs?)\b|\b(?:sell|publish)ing\b.*\b(?:results?|prints?|outputs?)\b/u,
    unless: /\byou (?:\w+ ){0,3}(?:sell|publish)/u,
    ids: ['page-rights'],
    particular: true,
  },
  {
    pattern: /\b(?:liif|edsr|rdn|mimo|mss.?net)\b.*\bopen.?source/u,
    ids: ['L19', 'M21', 'S25'],
    particular: true,
  },
  {
    pattern: oneOf(
      String.raw`\bcommercial`,
      String.raw`\blegal(?:ly)? to (?:use|sell|publish|print)\b`,
      String.raw`\bwho owns (?:the|my|this)\b`,
      String.raw`\bcopyright\b.*\bresults?\b`,
      String.raw`\bresults?\b.*\bcopyright`,
      String.raw`\ballowed to (?:use|sell|publish)`,
      String.raw`\b(?:i|we|to)\b.*\b(?:sell|publish|licen[cs]e) (?:the|my|a) (?:pictures?|photos?|images?)\b`,
    ),
    unless: /\byou (?:\w+ ){0,3}(?:sell|publish)/u,
    ids: ['page-rights'],
  },
  {
    pattern: /\blicen[cs]|\bopen.?source/u,
    unless: new RegExp(`${PLATE}|${OUR_RIGHTS}`, 'u'),
    ids: ['L19', 'M21', 'S25', 'page-rights'],
  },
  {
    pattern: new RegExp(
      [
        `${FIGURE}.*\\b${RESULT}`,
        `\\b${RESULT}.*${FIGURE}`,
        String.raw`\b\d+(?:[.,]\d+)? ?(?:db|decibels?)\b.*\b${VERDICT}`,
        String.raw`\b${VERDICT}.*\b\d+(?:[.,]\d+)? ?(?:db|decibels?)\b`,
      ].join('|'),
      'u',
    ),
    unless: SETS,
    setsApart: true,
    ids: ['page-no-truth', 'run-shrunk', 'run-change', 'page-psnr', 'plan-none'],
    whole: true,
  },
  {
    pattern: oneOf(
      String.raw`\bdifferences? of\b.*\b(?:db|decibels?)\b`,
      String.raw`\b(?:db|decibels?)\b.*\b(?:significant|meaningful|noticeable|visible|apart|matter|a lot)\b`,
      String.raw`\bsignificant\w*\b.*\b(?:db|decibels?|scores?|psnr)\b`,
    ),
    ids: ['page-close', 'even', 'page-psnr'],
    particular: true,
    whole: true,
  },
  {
    pattern: new RegExp(`${LEARNED}.*${REALBLUR}|${REALBLUR}.*${LEARNED}`, 'u'),
    setsApart: true,
    unless: OF_PUBLISHED,
    ids: ['own-name'],
    particular: true,
  },
  {
    pattern: new RegExp(`${LEARNED}.*${NAMED_SETS}|${NAMED_SETS}.*${LEARNED}`, 'u'),
    setsApart: true,
    unless: OF_PUBLISHED,
    ids: ['own-sets'],
    particular: true,
  },
  {
    pattern: new RegExp(
      String.raw`\bwhat (?:is|does|means?)\b.*${REALBLUR}|\bwhy\b.*\b(?:called|named?)\b.*${REALBLUR}`,
      'u',
    ),
    ids: ['own-name'],
    particular: true,
  },
  {
    pattern: new RegExp(String.raw`\bauthors?\b.*${LEARNED}`, 'u'),
    ids: ['L8', 'M12', 'Q4a', 'S14'],
  },
  {
    pattern: /\bwho trained\b|\bwho (?:made|wrote|created)\b.*\bweights\b|\b(?:authors?|makers?) of\b.*\bweights\b/u,
    ids: ['run-weights', 'own-weights'],
    particular: true,
  },
  {
    pattern: /\bwho made (?:this|the|my) (?:results?|outputs?)\b/u,
    ids: ['weights-sha'],
    particular: true,
    whole: true,
  },
  {
    pattern:
      /\b(?:is|are|was|were)\b.*\b(?:a|an exact|just a|only a) copy\b(?! of (?:my|our))|\bcopied (?:from|into)\b/u,
    ids: ['own-copy'],
    whole: true,
  },
  {
    pattern: /\b(?:which|what) (?:\w+ )?(?:data.?sets?|pictures|images|photos)\b.*\b(?:psnr|scores?|db|measured)\b/u,
    unless: /\bmy\b/u,
    ids: ['own-score', 'own-few'],
    whole: true,
  },
  {
    pattern: /\bhow many (?:\w+ )?(?:pictures|photos|images|pairs)\b.*\b(?:scores?|psnr|test|tested|measured?)\b/u,
    ids: ['own-few', 'own-score'],
  },
  {
    pattern: new RegExp(
      [
        String.raw`\b${CHOOSING}\b.*\b${TEST_SET}`,
        String.raw`\b${TEST_SET}.*\b${CHOOSING}\b`,
        String.raw`\b(?:two|2|few|only) (?:\w+ )?pairs\b`,
        String.raw`\bcherry.?pick|\bover.?fit|\bheld.?out\b|\bdata leak|\bleak\w*\b.*\b(?:test|train|scores?)`,
      ].join('|'),
      'u',
    ),
    unless: /\bmy\b/u,
    ids: ['page-held-out', 'own-score', 'own-few'],
    particular: true,
    whole: true,
  },
  {
    pattern: oneOf(
      String.raw`\bluma\b`,
      String.raw`\brgb\b.*\b(?:psnr|scores?|measur|agree)`,
      String.raw`\b(?:psnr|scores?|measur\w*|agree\w*)\b.*\brgb\b`,
      String.raw`\b(?:measured?|comput\w+|calculat\w+)\b.*\b(?:agreement|psnr)\b`,
      String.raw`\b(?:agreement|psnr)\b.*\b(?:measured|computed|calculated)\b`,
    ),
    ids: ['page-agreement', 'own-score', 'L21'],
    particular: true,
    whole: true,
  },
  {
    pattern: new RegExp(
      String.raw`${CITE} (?:\w+ )?(?:you|this|it|(?:the|my) results?)\b|${CITE}.*\b${US}|\b${US}.*${CITE}`,
      'u',
    ),
    // "Does this network's paper cite another?" asks for something else.
    unless: /\bthis (?:paper|model|network)\b/u,
    ids: ['page-cite', 'weights-sha', 'written'],
    particular: true,
    whole: true,
  },
  {
    pattern: new RegExp(String.raw`${CITE}.*\b(?:psnr|db|scores?|values?|figures?|numbers?)\b`, 'u'),
    ids: ['own-score', 'own-few'],
  },
];
