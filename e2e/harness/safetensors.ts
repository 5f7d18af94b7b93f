import { LAYOUTS } from '../../workers/checkpoint/networks/layout.ts';

/** LIIF-EDSR's tensors as a .safetensors file of float16, all of one small value: its pictures are flat. */
export function flatSafetensors(): Buffer {
  let end = 0;
  const header = Object.fromEntries(
    [...LAYOUTS['liif-edsr']()].map(([name, shape]) => {
      const start = end;
      end += 2 * shape.reduce((product, side) => product * side, 1);
      return [name, { dtype: 'F16', shape, data_offsets: [start, end] }];
    }),
  );
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  // 2 to the power of -10.
  return Buffer.concat([length, json, Buffer.from(new Uint16Array(end / 2).fill(0x1400).buffer)]);
}
