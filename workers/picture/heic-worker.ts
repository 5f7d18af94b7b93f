import { damaged } from './containers/header.ts';

/** What heic.worker.ts answers. */
export type HeicAnswer =
  | { readonly kind: 'decoded'; readonly bitmap: ImageBitmap }
  | { readonly kind: 'failed' | 'no-decoder'; readonly detail: string };

/** As much of a worker as is needed to ask it once. */
export type OneWorker = Pick<Worker, 'addEventListener' | 'postMessage' | 'terminate'>;

/** libheif never answers when it aborts inside its own worker; nothing that decodes takes this long. */
const PATIENCE_MS = 60_000;

const undecoded = (detail: string): Error =>
  damaged(
    'is a HEIC picture that could not be decoded: it is damaged, was cut off or uses a coding that libheif lacks.',
    detail,
  );

/**
 * Has a fresh worker decode one picture, and ends it: a WASM heap never shrinks, and one that hung is of no more use.
 * @throws HeaderError `damaged-picture`, also when nothing came within `patience` ms; Error when the decoder could not be
 * loaded.
 */
export async function askOnce(worker: OneWorker, file: Blob, patience = PATIENCE_MS): Promise<ImageBitmap> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<ImageBitmap>((resolve, reject) => {
      timer = setTimeout(() => reject(undecoded('no answer')), patience);
      worker.addEventListener('message', ({ data }: MessageEvent<HeicAnswer>) => {
        if (data.kind === 'decoded') resolve(data.bitmap);
        else reject(data.kind === 'failed' ? undecoded(data.detail) : new Error(data.detail));
      });
      worker.addEventListener('error', (event) => {
        // Dealt with here: it would go on to the page as an error of the restoration worker itself.
        event.preventDefault();
        reject(undecoded(event.message));
      });
      worker.postMessage(file);
    });
  } finally {
    clearTimeout(timer);
    worker.terminate();
  }
}
