import type { FileBytes } from './bytes.ts';
import { badCheckpoint, bytesText } from './errors.ts';
import { LIMITS } from './limits.ts';
import { PickleEnd } from './pickle/cursor.ts';
import { unpickle } from './pickle/machine.ts';
import type { PickleValue } from './pickle/values.ts';
import { looksLikeSafetensors, readSafetensors } from './safetensors.ts';
import { readLegacyForm } from './torch/legacy-form.ts';
import { TorchHost } from './torch/storages.ts';
import { readZipForm } from './torch/zip-form.ts';

const HEAD = 4096;

/**
 * What a checkpoint file holds, as a tree of plain data with tensors still on disk. The form is told by content.
 * @throws LimpidError `bad-checkpoint` or `unsafe-checkpoint`
 */
export async function openCheckpoint(file: FileBytes): Promise<PickleValue> {
  if (file.size === 0) throw badCheckpoint('This file is empty.');
  if (file.size > LIMITS.fileBytes) {
    throw badCheckpoint(`This file has ${bytesText(file.size)}; the largest of the authors' checkpoints has 268 MB.`);
  }
  const head = await file.read(0, Math.min(HEAD, file.size));
  // First, as the header's length may begin with the letters of a zip; no zip has a brace in its byte 8.
  if (looksLikeSafetensors(head)) return readSafetensors(file);
  if (head[0] === 0x50 && head[1] === 0x4b) return readZipForm(file);
  if (head[0] === 0x80) return readLegacyForm(file);
  refuseTextPickle(head);
  throw badCheckpoint(`This file is no PyTorch checkpoint and no safetensors file: ${kindOf(head)}.`);
}

/** A pickle of protocol 0 is text and torch.save never wrote one; what it asks to run is still named. */
function refuseTextPickle(head: Uint8Array): void {
  try {
    unpickle(head, new TorchHost());
  } catch (error) {
    const harmless =
      error instanceof PickleEnd || (error instanceof Error && 'code' in error && error.code === 'bad-checkpoint');
    if (!harmless) throw error;
  }
}

/** Things that people do drop here, chiefly what a download gives instead of the file. */
function kindOf(head: Uint8Array): string {
  const text = new TextDecoder('latin1').decode(head);
  if (/^\s*<(?:!doctype|html)/i.test(text)) return 'it is a web page, so the download did not reach the real file';
  if (text.startsWith('version https://git-lfs')) return 'it is a Git LFS pointer, which only stands for the real file';
  if (text.startsWith('\x89PNG') || text.startsWith('\xff\xd8')) return 'it is a picture';
  if (text.startsWith('\x89HDF')) return 'it is an HDF5 file';
  if (text.startsWith('\x1f\x8b')) return 'it is a gzip file, so unpack it first';
  // oxlint-disable-next-line no-control-regex -- control characters are what tells text from binary data
  return /[\0-\x08\x0e-\x1f]/.test(text) ? 'its beginning fits neither' : 'it is a text file';
}
