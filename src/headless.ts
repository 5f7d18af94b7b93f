import { fail, ok } from '../contract/result.ts';
import { engine } from './engine/index.ts';
import type { HeadlessApi } from './headless-api.ts';
import { offer } from './state/offer.ts';
import { canEncode } from './ui/controls/formats.ts';

/**
 * The page of the command line: no screen, the same engine and worker. Pictures come in through the file input and go out
 * as downloads, so that no pixel is carried through the driver's channel as text.
 */
const PICTURE = 'headless';

function chosenFile(): File | null {
  const input = document.querySelector<HTMLInputElement>('#file');
  return input?.files?.[0] ?? null;
}

const noFile = () => fail('bad-request', 'The driver has put no file into the page.');

const api: HeadlessApi = {
  canWrite: canEncode,

  async importWeights() {
    const file = chosenFile();
    if (!file) return noFile();
    const imported = await engine.importWeights(file, file.name);
    if (!imported.ok) return imported;
    const chosen = await engine.chooseWeights(imported.value.model, imported.value.id);
    return chosen.ok ? imported : chosen;
  },

  async restore({ recipe, backend }) {
    const file = chosenFile();
    if (!file) return noFile();
    const info = await engine.open(PICTURE, file, file.name);
    if (!info.ok) return info;
    const report = await engine.run(
      'headless',
      { picture: PICTURE, recipe, backend },
      {
        onProgress: (progress) => {
          void window.limpidProgress?.(progress);
        },
        onTile: () => undefined,
      },
    );
    if (report.ok) return ok({ info: info.value, report: report.value });
    // Nothing of it is asked for any more, and the next picture needs the room.
    await engine.close(PICTURE);
    return report;
  },

  async save(options) {
    const encoded = await engine.encode(PICTURE, options);
    if (!encoded.ok) return encoded;
    const { blob, name, notes } = encoded.value;
    offer(blob, name);
    return ok({ name, notes });
  },

  close: () => engine.close(PICTURE),
};

window.limpid = api;
