import { FAULT_CHANNEL, FAULT_LOCK, type FaultAnswer, type InferenceCall, type InferenceFault } from '../faults.ts';

/** The inference worker's half of the fault door; see workers/faults.ts. */
const MAP_READ = 1;
const MAP_WRITE = 2;

const devices: GPUDevice[] = [];
let directed: Promise<boolean> | null = null;
let channel: BroadcastChannel | null = null;

/** Puts another method in a method's place; `wrap` gets the original. */
function replace<T extends object, K extends keyof T>(prototype: T, name: K, wrap: (original: T[K]) => T[K]): void {
  prototype[name] = wrap(prototype[name]);
}

/** Remembers devices as they are made, so that one can be lost. */
export function openFaultDoor(): void {
  if (!('GPUAdapter' in globalThis)) return;
  replace(
    GPUAdapter.prototype,
    'requestDevice',
    (original) =>
      async function watched(this: GPUAdapter, descriptor) {
        const device = await original.call(this, descriptor);
        devices.push(device);
        return device;
      },
  );
}

/** Asks the director what is to befall this call, and lets it. */
export async function meetFault(call: InferenceCall, backend: string): Promise<void> {
  directed ??= navigator.locks.query().then(({ held = [] }) => held.some(({ name }) => name === FAULT_LOCK));
  if (!(await directed)) return;
  const fault = await askDirector(call, backend);
  if (fault !== null) await FAULTS[fault]();
}

function askDirector(call: InferenceCall, backend: string): Promise<InferenceFault | null> {
  const open = (channel ??= new BroadcastChannel(FAULT_CHANNEL));
  const ask = crypto.randomUUID();
  return new Promise((resolve) => {
    const onMessage = ({ data }: MessageEvent<Partial<FaultAnswer>>): void => {
      if (data.answer !== ask) return;
      open.removeEventListener('message', onMessage);
      resolve(data.fault ?? null);
    };
    open.addEventListener('message', onMessage);
    open.postMessage({ ask, call, backend });
  });
}

const never = (): Promise<void> => new Promise(() => undefined);

const FAULTS: Record<InferenceFault, () => void | Promise<void>> = {
  crash: () => {
    setTimeout(() => {
      throw new Error('injected crash');
    });
    return never();
  },
  hang: () => {
    for (;;);
  },
  'lose-device': () => {
    // Late enough for the call to be under way.
    setTimeout(() => devices.forEach((device) => device.destroy()), 30);
  },
  'refuse-gpu-memory': () =>
    replace(
      GPUDevice.prototype,
      'createBuffer',
      (original) =>
        function refused(this: GPUDevice, descriptor) {
          const error = new GPUOutOfMemoryError('injected: no memory');
          setTimeout(() => this.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error })));
          // An invalid buffer, made the only way there is: by usages that exclude each other.
          this.pushErrorScope('validation');
          const buffer = original.call(this, { ...descriptor, usage: MAP_READ | MAP_WRITE });
          void this.popErrorScope();
          return buffer;
        },
    ),
  'refuse-wasm-memory': () => {
    WebAssembly.Memory.prototype.grow = () => {
      throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
    };
  },
  'wrong-numbers': () =>
    replace(
      GPUBuffer.prototype,
      'getMappedRange',
      (original) =>
        function wrong(this: GPUBuffer, ...range) {
          const bytes = original.apply(this, range);
          if ((this.usage & MAP_READ) !== 0) new Float32Array(bytes).fill(0.5);
          return bytes;
        },
    ),
  throw: () => {
    throw new Error('injected failure');
  },
};
