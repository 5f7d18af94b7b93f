import { channels, luma, meanSsim, psnr, shave } from './metrics.ts';
import type { Rgb } from './pillow.ts';

export interface Score {
  readonly psnr: number;
  /** Null for pictures under 11 x 11 pixels, where SSIM is not defined. */
  readonly ssim: number | null;
}

/** How close a picture is to the truth: on luma or over RGB, a border of pixels left out. */
export function score(answer: Rgb, truth: Rgb, kind: 'luma' | 'rgb', border: number): Score {
  const planes = (picture: Rgb) =>
    (kind === 'luma' ? [luma(picture)] : channels(picture)).map((plane) => shave(plane, border));
  const a = planes(answer);
  const b = planes(truth);
  const [first] = a;
  const large = first !== undefined && first.width >= 11 && first.height >= 11;
  return { psnr: psnr(a, b), ssim: large ? meanSsim(a, b) : null };
}
