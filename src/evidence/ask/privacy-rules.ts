import { oneOf } from './rule.ts';
import type { Outright } from './rule.ts';

/** What somebody calls theirs and may not want to give away; "my photo's colours" are something else. */
const MINE = String.raw`(?:my|our) (?:\w+ )?(?:pictures?|photos?|images?|pics?|files?|data|uploads?)\b(?!['’]s)`;
const TO_LEARN = String.raw`(?:train|learn|dataset|data set)\w*`;
/** "… on your server", "… after the run", or nothing more: a file "in sRGB" or "at 16 bits" is asked about its format. */
const PLACE = String.raw`(?=\W*$| (?:anywhere|somewhere|elsewhere|on|in|to|after\w*|for|over|online|with|private\w*|secretly|or|and)\b)`;
const PAGE = String.raw`(?:you|limpid|(?:this|the) (?:page|site|tool|app|program))`;
const ANYONE = String.raw`(?:anyone|anybody|someone|somebody|others|people|you|google|who|who (?:can|could|will))`;

/** The format of a file, or what is in it, is asked for in the same words as its whereabouts. */
const OF_FORMATS =
  /\b(?:exif|meta-?data|gps|location|geo-?tag\w*|png|jpe?g|webp|avif|tiff?|heic|formats?|compress\w*|transparen\w*|profiles?|\d+.?bits?|sharp\w*|colou?rs?|size|resolution|quality)\b/u;
/** Who wants to send, share or keep a picture asks how. */
const FIRST_PERSON = /\b(?:can|could|may|do|should|must) (?:i|we)\b|\bi (?:want|would like)\b/u;
const OF_WORK = /enlarg|upscal|blur|sharpen|\bnetwork|\bmodel|encoder|decoder|\btile/u;

/** Where pictures go, who sees them, what is kept. */
export const PRIVACY_RULES: readonly Outright[] = [
  {
    pattern: oneOf(
      String.raw`\b${MINE}.*\b(?:used?|added?|fed|go|goes|become|end|part|kept|collected|stored|put)\b.*\b(?:${TO_LEARN}|ai\b|model)`,
      String.raw`\b(?:use|using|take|collect|keep|feed|add|store)\b (?:\w+ )?${MINE}.*\b(?:${TO_LEARN}|ai\b|model)`,
      String.raw`\b(?:train|learn)\w* (?:\w+ )?(?:on|from|with|using) ${MINE}`,
    ),
    // Who wants to train on their own pictures asks for something else.
    unless: FIRST_PERSON,
    ids: ['page-local', 'page-no-training'],
    particular: true,
    whole: true,
  },
  {
    pattern: oneOf(
      String.raw`\bwhat (?:happens|becomes|will happen|will become) (?:to|of|with) ${MINE}`,
      String.raw`\bwhat (?:do|does|will) ${PAGE} do with ${MINE}`,
      String.raw`\bwhere (?:do|does|will|are|is) ${MINE}`,
    ),
    unless: new RegExp(`${OF_FORMATS.source}|${OF_WORK.source}`, 'u'),
    ids: ['page-local', 'page-kept', 'page-no-training'],
    particular: true,
    whole: true,
  },
  {
    pattern: oneOf(
      String.raw`\b${MINE} (?:\w+ ){0,3}(?:leaves?|leaving|safe|secure|stored|saved|kept|sent|transmitted|transferred|uploaded|shared|deleted|seen)\b`,
      String.raw`\b${MINE} (?:go|goes|end up) (?:anywhere|somewhere|online|to (?:a|the|your|some) (?:server|cloud|company))`,
      String.raw`\b(?:send|stor|upload|keep|collect|sell|shar|transmit|leak)\w* (?:\w+ ){0,3}${MINE}${PLACE}`,
      String.raw`\b(?:sees?|knows?|reads?|gets?) what (?:i|we) (?:upload|open|restore|enlarge|drop|do)\b`,
      String.raw`\b${ANYONE} (?:\w+ )?(?:sees?|views?|access(?:es)?|reads?|gets?|looks? at|steals?) ${MINE}${PLACE}`,
    ),
    unless: new RegExp(`${OF_FORMATS.source}|${FIRST_PERSON.source}`, 'u'),
    ids: ['page-local', 'page-kept', 'page-no-training'],
    particular: true,
    whole: true,
  },
  {
    pattern: oneOf(
      String.raw`\bdelet\w* (?:all )?(?:of )?${MINE}`,
      String.raw`\bwhat (?:is|gets|do you|does it|does limpid) (?:stored?|keep|kept|saved?) (?:on|in) (?:my|this|the) (?:browser|device|computer|phone)`,
      String.raw`\b(?:clos|reload|refresh|leav)\w* (?:the|this|my) (?:tab|page|browser|window)\b`,
    ),
    ids: ['page-kept'],
    particular: true,
    whole: true,
  },
  {
    pattern: oneOf(
      String.raw`\btrack(?:s|ing|ed)? (?:me|us|users?|people|visitors?)\b|\btrackers?\b|\bphones? home\b`,
      String.raw`\b(?:any|are there|set|use|need|have|accept) cookies?\b`,
      String.raw`\banalytics\b|\btelemetry\b|\bgdpr\b|\bspy(?:s|ing)? on\b|\bpersonal data\b`,
    ),
    ids: ['page-local', 'page-kept'],
    particular: true,
    whole: true,
  },
  {
    pattern: /internet|offline|\bonline\b|upload|\bcloud\b|\bserver|privacy|\bprivate|wi-?fi/u,
    ids: ['page-local', 'page-offline'],
  },
  {
    pattern: oneOf(
      String.raw`\b(?:you|it|page|site|limpid) (?:send|collect|sell|share)s?\b.*\bdata`,
      String.raw`\bleak\w*\b.*\bmy\b`,
    ),
    ids: ['page-local'],
    particular: true,
    whole: true,
  },
];
