import { LayoutBuilder } from './builder.ts';
import type { Layout } from './layout.ts';

/** Channels of the three levels: 54, +42, +42 (MSSNet.py, `wf`, `scale`, `vscale`). */
export const MSSNET_WIDTHS = [54, 96, 138] as const;

/** MSSNet without the tails that only training uses. One PReLU is shared and appears under every block's name. */
export function mssnetLayout(): Layout {
  const layout = new LayoutBuilder();
  const [width, middle, deep] = MSSNET_WIDTHS;
  for (const [index, input] of [12, 12, 3].entries()) {
    layout.convNoBias(`shallow_feat${index + 1}.0`, input, width, 3);
    residual(layout, `shallow_feat${index + 1}.1`, width);
  }
  for (const stage of ['1_1', '2_1', '2_2', '3_1', '3_2', '3_3']) {
    for (const [index, channels] of MSSNET_WIDTHS.entries()) {
      const level = index + 1;
      for (const block of [0, 1]) {
        residual(layout, `E${stage}.encoder_level${level}.${block}`, channels);
        residual(layout, `D${stage}.decoder_level${level}.${block}`, channels);
      }
      // The first stage has no coarser one to take features from.
      if (stage === '1_1') continue;
      layout
        .convNoBias(`E${stage}.csff_enc${level}`, channels, channels, 1)
        .convNoBias(`E${stage}.csff_dec${level}`, channels, channels, 1);
    }
    layout
      .convNoBias(`E${stage}.down12.down.1`, width, middle, 1)
      .convNoBias(`E${stage}.down23.down.1`, middle, deep, 1);
    residual(layout, `D${stage}.skip_attn1`, width);
    residual(layout, `D${stage}.skip_attn2`, middle);
    layout.convNoBias(`D${stage}.up32.up.1`, deep, middle, 1).convNoBias(`D${stage}.up21.up.1`, middle, width, 1);
  }
  for (const [index, fusion] of ['fusion12', 'fusion23'].entries()) {
    layout.convNoBias(`up_scale${index + 1}_feat.scaleUp.1`, width, width, 1).convNoBias(fusion, 2 * width, width, 3);
  }
  return layout.convNoBias('tail3_3', width, 3, 3).tensors;
}

function residual(layout: LayoutBuilder, name: string, width: number): void {
  layout
    .convNoBias(`${name}.body.0`, width, width, 3)
    .prelu(`${name}.body.1`)
    .convNoBias(`${name}.body.2`, width, width, 3);
}
