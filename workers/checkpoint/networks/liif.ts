import { LayoutBuilder } from './builder.ts';
import type { Layout } from './layout.ts';

const WIDTH = 64;
const HIDDEN = 256;

/** EDSR-baseline trunk (16 blocks of 64 channels) and the decoder. `sub_mean` and `add_mean` are never used (edsr.py). */
export function liifEdsrLayout(): Layout {
  const layout = new LayoutBuilder().conv('encoder.head.0', 3, WIDTH, 3);
  for (let block = 0; block < 16; block++) {
    layout.conv(`encoder.body.${block}.body.0`, WIDTH, WIDTH, 3).conv(`encoder.body.${block}.body.2`, WIDTH, WIDTH, 3);
  }
  layout.conv('encoder.body.16', WIDTH, WIDTH, 3);
  return decoder(layout).tensors;
}

/** RDN configuration B: 16 dense blocks of 8 convolutions that add 64 channels each (rdn.py). */
export function liifRdnLayout(): Layout {
  const layout = new LayoutBuilder().conv('encoder.SFENet1', 3, WIDTH, 3).conv('encoder.SFENet2', WIDTH, WIDTH, 3);
  for (let block = 0; block < 16; block++) {
    for (let conv = 0; conv < 8; conv++) {
      layout.conv(`encoder.RDBs.${block}.convs.${conv}.conv.0`, WIDTH * (conv + 1), WIDTH, 3);
    }
    layout.conv(`encoder.RDBs.${block}.LFF`, WIDTH * 9, WIDTH, 1);
  }
  layout.conv('encoder.GFF.0', WIDTH * 16, WIDTH, 1).conv('encoder.GFF.1', WIDTH, WIDTH, 3);
  return decoder(layout).tensors;
}

/** MLP on 3x3 unfolded features, relative coordinate and cell: 580-256-256-256-256-3 (liif.py, mlp.py). */
function decoder(layout: LayoutBuilder): LayoutBuilder {
  layout.linear('imnet.layers.0', WIDTH * 9 + 4, HIDDEN);
  for (const index of [2, 4, 6]) layout.linear(`imnet.layers.${index}`, HIDDEN, HIDDEN);
  return layout.linear('imnet.layers.8', HIDDEN, 3);
}
