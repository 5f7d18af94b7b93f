/** What the page knows of a picture that the worker holds. Pixels stay in the worker; the page holds ids and tiles. */
export type PictureId = string;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

/** Kinds told by content, never by file name. */
export type FileKind = 'png' | 'apng' | 'jpeg' | 'webp' | 'avif' | 'gif' | 'bmp' | 'svg' | 'heic' | 'tiff' | 'other';

export type ColorSpace = 'srgb' | 'display-p3';

export interface PictureInfo extends Size {
  readonly id: PictureId;
  readonly name: string;
  readonly kind: FileKind;
  readonly bytes: number;
  /** Bits a channel that are kept through the pipeline. */
  readonly depth: 8 | 16;
  readonly grey: boolean;
  /** True when at least one pixel is not opaque. */
  readonly alpha: boolean;
  readonly colorSpace: ColorSpace;
  /** EXIF orientation that was applied, 1 when there was none. */
  readonly orientation: number;
  /** Frames of an animation; only the first is used. */
  readonly frames: number;
  readonly hasLocation: boolean;
  /** What the person should know, one sentence each ("This animation has 12 frames; the first is used."). */
  readonly notes: readonly string[];
}

export const OUTPUT_FORMATS = ['png', 'webp', 'jpeg', 'avif', 'png16'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** The format a picture is written in: until one is chosen, none that drops half of a 16-bit picture. */
export function formatOf(format: OutputFormat | 'auto', { depth }: Pick<PictureInfo, 'depth'>): OutputFormat {
  if (format !== 'auto') return format;
  return depth === 16 ? 'png16' : 'png';
}

export interface EncodeOptions {
  readonly format: OutputFormat;
  /** 0..1, lossy formats only; 0.92 when absent. */
  readonly quality?: number;
  /** Keep the GPS part of EXIF; dropped unless asked for. */
  readonly keepLocation?: boolean;
}

export interface EncodedPicture {
  readonly blob: Blob;
  /** Suggested file name, e.g. "photo-2.5x.png". */
  readonly name: string;
  readonly format: OutputFormat;
  /** E.g. "JPEG has no transparency: the picture stands on white." */
  readonly notes: readonly string[];
}
