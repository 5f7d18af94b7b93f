import type { FileKind } from '../../../contract/picture.ts';

/** Raw metadata blocks of a file, as they are embedded (EXIF without its "Exif\0\0" prefix). */
export interface PictureMetadata {
  /** A TIFF structure (EXIF 3.0, 4.5), or null. */
  readonly exif: Uint8Array<ArrayBuffer> | null;
  /** An ICC profile, or null. */
  readonly icc: Uint8Array<ArrayBuffer> | null;
  /** An XMP packet, or null. */
  readonly xmp: string | null;
}

/** Coding-independent code points (ITU-T H.273): PNG's cICP chunk, AVIF's and HEIC's `nclx`. */
export interface CodePoints {
  readonly primaries: number;
  readonly transfer: number;
}

/** An alpha plane as a grey picture; `turned` when the browser applies a rotation of its own to it. */
export interface AlphaPicture {
  readonly file: Blob;
  readonly turned: boolean;
}

/** What a file says about its picture before anything is decoded. */
export interface Header {
  readonly kind: FileKind;
  /** As stored, before orientation. */
  readonly width: number;
  readonly height: number;
  /** Bits a channel in the file. */
  readonly bits: number;
  /** Whether some pixel may be transparent. */
  readonly mayHaveAlpha: boolean;
  readonly frames: number;
  /** EXIF orientation 1 to 8. For AVIF and HEIC 1: they carry rotation of their own, which their decoders apply. */
  readonly orientation: number;
  readonly metadata: PictureMetadata;
  readonly codePoints: CodePoints | null;
  /** The file with what browsers would misread set right (an EXIF orientation that is applied here); null: as it is. */
  readonly forBrowser: () => Blob | null;
  /** AVIF's alpha plane, where it must be decoded by itself. */
  readonly alphaPicture?: () => AlphaPicture | null;
  /** What the person should know, one sentence each. */
  readonly notes: readonly string[];
}

export const NO_METADATA: PictureMetadata = { exif: null, icc: null, xmp: null };

/** A header of one picture of 8 bits that may have alpha, says nothing else of itself and suits the browser as it is. */
export const plainHeader = (kind: FileKind, width: number, height: number): Header => ({
  kind,
  width,
  height,
  bits: 8,
  mayHaveAlpha: true,
  frames: 1,
  orientation: 1,
  metadata: NO_METADATA,
  codePoints: null,
  forBrowser: () => null,
  notes: [],
});

/** A picture that its header already rules out, most often by contradicting itself; `decode.ts` turns it into a sentence with the file's name. */
export class HeaderError extends Error {
  constructor(
    readonly code:
      'damaged-picture' | 'unsupported-picture' | 'picture-too-large' | 'picture-empty' | 'too-much-memory',
    /** Completes "“name” …". */
    reason: string,
    /** Technical detail for a bug report. */
    readonly detail?: string,
  ) {
    super(reason);
    this.name = 'HeaderError';
  }
}

export const damaged = (reason: string, detail?: string): HeaderError =>
  new HeaderError('damaged-picture', reason, detail);
export const unsupported = (reason: string, detail?: string): HeaderError =>
  new HeaderError('unsupported-picture', reason, detail);
export const cutOff = (): HeaderError =>
  damaged('ends too early: the file was cut off, so part of the picture is missing.');
