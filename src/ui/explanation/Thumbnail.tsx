import { useEffect, useRef } from 'react';

interface ThumbnailProps {
  readonly bitmap: ImageBitmap | null;
  /** Shares of the drawing, 0..1. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A small picture over its frame in the drawing. A canvas beside the SVG and not an image inside it: no data URL, so the
 * page's policy can stay strict.
 */
export function Thumbnail({ bitmap, top, width, height }: ThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    // A bitmap that was handed over elsewhere has no size any more.
    if (target === null || bitmap === null || bitmap.width === 0) return;
    target.width = bitmap.width;
    target.height = bitmap.height;
    target.getContext('2d')?.drawImage(bitmap, 0, 0);
  }, [bitmap]);
  if (bitmap === null) return null;
  return (
    <canvas
      ref={canvas}
      className="ex-thumb"
      aria-hidden="true"
      style={{ top: `${top * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` }}
    />
  );
}
