import { isNotLoaded } from '../../contract/chunk.ts';
import { quoted } from '../../contract/quoted.ts';
import { LimpidError, type ErrorCode } from '../../contract/result.ts';
import { HeaderError } from './containers/header.ts';

const OUT_OF_MEMORY = /allocat|out of memory|invalid (?:typed )?array length|array buffer/i;

/** A file that is no picture at all. */
export class NotAPicture extends Error {
  readonly code = 'not-a-picture';
}

/** Any failure as one sentence about this file. What nobody foresaw in a decoder is damage, with its text as detail. */
export function explain(error: unknown, name: string): LimpidError {
  if (error instanceof LimpidError) return error;
  if (error instanceof HeaderError || error instanceof NotAPicture) {
    return new LimpidError(
      error.code satisfies ErrorCode,
      `${quoted(name)} ${error.message}`,
      error instanceof HeaderError ? error.detail : undefined,
    );
  }
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError')) {
    return new LimpidError(
      'damaged-picture',
      `${quoted(name)} could not be read: it was moved, changed or locked after it was chosen; choose it again.`,
      detail,
    );
  }
  if (isNotLoaded(error)) {
    return new LimpidError(
      'download-failed',
      `${quoted(name)} needs a decoder that could not be loaded; connect to the network and choose it again.`,
      detail,
    );
  }
  if (OUT_OF_MEMORY.test(detail)) {
    return new LimpidError(
      'out-of-memory',
      `${quoted(name)} needs more memory than the browser gives; close other tabs or make the picture smaller.`,
      detail,
    );
  }
  return new LimpidError(
    'damaged-picture',
    `${quoted(name)} could not be decoded: its picture data is damaged.`,
    detail,
  );
}
