import { LayoutBuilder } from './builder.ts';
import type { Layout } from './layout.ts';

const WIDTH = 32;

/**
 * MIMO-UNet (models/MIMOUNet.py) with `blocks` residual blocks in each of six stages: 8, or 20 for MIMO-UNet+. The two
 * heads of the smaller outputs (`ConvsOut`) are not needed for the full-size answer.
 */
export function mimoUnetLayout(blocks: number): Layout {
  const layout = new LayoutBuilder();
  const widths = [WIDTH, 2 * WIDTH, 4 * WIDTH];
  const stages = (name: string, channels: readonly number[]): void => {
    for (const [stage, width] of channels.entries()) {
      for (let block = 0; block < blocks; block++) {
        const main = `${name}.${stage}.layers.${block}.main`;
        layout.conv(`${main}.0.main.0`, width, width, 3).conv(`${main}.1.main.0`, width, width, 3);
      }
    }
  };
  stages('Encoder', widths);
  layout
    .conv('feat_extract.0.main.0', 3, WIDTH, 3)
    .conv('feat_extract.1.main.0', WIDTH, 2 * WIDTH, 3)
    .conv('feat_extract.2.main.0', 2 * WIDTH, 4 * WIDTH, 3)
    .convTranspose('feat_extract.3.main.0', 4 * WIDTH, 2 * WIDTH, 4)
    .convTranspose('feat_extract.4.main.0', 2 * WIDTH, WIDTH, 4)
    .conv('feat_extract.5.main.0', WIDTH, 3, 3);
  stages('Decoder', widths.toReversed());
  layout.conv('Convs.0.main.0', 4 * WIDTH, 2 * WIDTH, 1).conv('Convs.1.main.0', 2 * WIDTH, WIDTH, 1);
  for (const [index, width] of [WIDTH, 2 * WIDTH].entries()) {
    layout
      .conv(`AFFs.${index}.conv.0.main.0`, 7 * WIDTH, width, 1)
      .conv(`AFFs.${index}.conv.1.main.0`, width, width, 3);
  }
  for (const [index, width] of [4 * WIDTH, 2 * WIDTH].entries()) {
    layout.conv(`FAM${index + 1}.merge.main.0`, width, width, 3);
    shallow(layout, `SCM${index + 1}`, width);
  }
  return layout.tensors;
}

function shallow(layout: LayoutBuilder, name: string, width: number): void {
  layout
    .conv(`${name}.main.0.main.0`, 3, width / 4, 3)
    .conv(`${name}.main.1.main.0`, width / 4, width / 2, 1)
    .conv(`${name}.main.2.main.0`, width / 2, width / 2, 3)
    .conv(`${name}.main.3.main.0`, width / 2, width - 3, 1)
    .conv(`${name}.conv.main.0`, width, width, 1);
}
