import { OUTPUT_FORMATS } from '../../../contract/picture.ts';
import { chooseCompressionQuality, chooseFormat } from '../../state/choose.ts';
import { DEFAULT_SETTINGS } from '../../state/settings.ts';
import { kept } from '../frame/kept.ts';

/** How results are written; told to the state as soon as this file is loaded. */
export const keptFormat = kept('limpid-format', ['auto', ...OUTPUT_FORMATS], chooseFormat);

const PERCENTS = Array.from({ length: 100 }, (_, index) => String(index + 1));

export const keptQuality = kept(
  'limpid-compression-quality',
  [String(DEFAULT_SETTINGS.compressionQuality), ...PERCENTS],
  (percent) => chooseCompressionQuality(Number(percent)),
);
