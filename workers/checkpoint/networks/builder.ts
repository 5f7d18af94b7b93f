/** Collects a network's tensors in the order of its modules. */
export class LayoutBuilder {
  readonly tensors = new Map<string, readonly number[]>();

  /** Conv2d: weight (out, in, kernel, kernel) and bias. */
  conv(name: string, input: number, output: number, kernel: number): this {
    this.convNoBias(name, input, output, kernel);
    this.tensors.set(`${name}.bias`, [output]);
    return this;
  }

  convNoBias(name: string, input: number, output: number, kernel: number): this {
    this.tensors.set(`${name}.weight`, [output, input, kernel, kernel]);
    return this;
  }

  /** ConvTranspose2d: weight (in, out, kernel, kernel) and bias. */
  convTranspose(name: string, input: number, output: number, kernel: number): this {
    this.tensors.set(`${name}.weight`, [input, output, kernel, kernel]);
    this.tensors.set(`${name}.bias`, [output]);
    return this;
  }

  linear(name: string, input: number, output: number): this {
    this.tensors.set(`${name}.weight`, [output, input]);
    this.tensors.set(`${name}.bias`, [output]);
    return this;
  }

  /** One shared slope. */
  prelu(name: string): this {
    this.tensors.set(`${name}.weight`, [1]);
    return this;
  }
}
