import type { Manifest } from '../../contract/manifest.ts';
import type { ModelId } from '../../contract/models.ts';
import { levels } from './format.ts';
import { nameOf } from './models.ts';
import type { Subject } from './subject.ts';
import { project, state } from './types.ts';
import type { Evidence, Statement } from './types.ts';
import { ownManifest, weightsOf } from './weights.ts';

const ABOUT = 'tile seam halo memory';

/** What limpid.seams runs is what a GPU runs. */
const OTHER_GRAPHS = '; with the graphs that a GPU runs, from which WASM’s own differ by rounding';

/** What working in tiles changes, for the weights that a model runs with. */
export function seamEvidence(
  subject: Pick<Subject, 'report' | 'weights' | 'models'>,
  model: ModelId,
): readonly Evidence[] {
  const [own] = ownManifest(subject, model);
  const said = own === undefined ? fileSeam(subject, model) : ownSeam(own);
  return said.map((statement) => ({ statement, models: [model], about: ABOUT, byAboutAlone: true }));
}

/** As measured with Limpid's weights; a seam of no tile size is one that nobody has measured yet. */
const ownSeam = ({ id, name, halo, seam, wasm }: Manifest): readonly Statement[] =>
  seam.tile === 0
    ? []
    : [
        state({
          id: `own-seam-${id}`,
          kind: 'project',
          text: `Cut into tiles with ${halo} pixels of context, the result differs from the whole picture’s by at most ${levels(seam.maxDifference)} (${seam.measuredOn}${wasm === undefined ? '' : OTHER_GRAPHS}).`,
          citations: [
            project(`manifest of ${name}, seam`),
            ...(wasm === undefined ? [] : [project('docs/measurements.md, “Tiled against whole”')]),
          ],
        }),
      ];

/** With an imported file nothing was measured: only what its network can see, against what a tile carries. */
function fileSeam(subject: Pick<Subject, 'report' | 'weights' | 'models'>, model: ModelId): readonly Statement[] {
  const { name: file, network } = weightsOf(subject, model);
  // Tiles are cut as for the network that runs, which may be another model's.
  const runs = subject.models.find((manifest) => manifest.network === network);
  if (runs === undefined) return [];
  const { halo, reach } = runs;
  const name = nameOf(model, subject.models);
  const text =
    halo < reach
      ? `What tiles change was not measured with the file ${file}: in the network of ${name} a pixel can depend on others up to ${reach} pixels away, and tiles carry ${halo} pixels of context.`
      : `In the network of ${name} a pixel depends on none farther than ${reach} pixels away, and tiles carry ${halo} pixels of context, so with any file tiles change no more than rounding does.`;
  return [
    state({
      id: `file-seam-${model}`,
      kind: 'project',
      text,
      citations: [project(`manifest of ${runs.name}, reach and halo`)],
    }),
  ];
}
