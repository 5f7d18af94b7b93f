import type { heicTo as HeicTo } from 'heic-to/csp';
import type { HeicAnswer } from './picture/heic-worker.ts';

/**
 * libheif (through heic-to, which starts another worker for it), for one picture. heic-to offers no way to end its own, whose
 * heap keeps the size of the largest picture; with the worker that started it, it ends too.
 */
addEventListener('message', (event: MessageEvent<Blob>) => {
  void decode(event.data);
});

const post = (answer: HeicAnswer, moved: Transferable[] = []): void => postMessage(answer, { transfer: moved });

async function decode(file: Blob): Promise<void> {
  let heicTo: typeof HeicTo;
  try {
    ({ heicTo } = await import('heic-to/csp'));
  } catch (error) {
    post({ kind: 'no-decoder', detail: String(error) });
    return;
  }
  try {
    const bitmap = await heicTo({ blob: file, type: 'bitmap', options: { premultiplyAlpha: 'none' } });
    post({ kind: 'decoded', bitmap }, [bitmap]);
  } catch (error) {
    post({ kind: 'failed', detail: String(error) });
  }
}
