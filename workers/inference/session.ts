import type * as OrtModule from 'onnxruntime-web';
import type { LiifAxis, LiifGrid, LoadableModel, Planar } from '../../contract/inference-api.ts';
import { manifestOn } from '../../contract/run-manifest.ts';
import { LimpidError } from '../../contract/result.ts';
import type { BackendName } from '../../contract/run.ts';
import { requestDevice, type DeviceHealth } from './device.ts';
import { loadRuntime, runtimeFailure, type Ort, wasmThreads } from './runtime.ts';

type Tensor = OrtModule.Tensor;
type Session = OrtModule.InferenceSession;

const guarded = <T>(health: DeviceHealth | null, answer: Promise<T>): Promise<T> =>
  health ? health.guard(answer) : answer;

/** A model's sessions on one execution provider, and the tensors that live between its graphs. */
export class ModelSession {
  #latent: Tensor | null = null;

  private constructor(
    private readonly ort: Ort,
    private readonly sessions: Readonly<Record<string, Session>>,
    readonly device: string,
    private readonly health: DeviceHealth | null,
  ) {}

  /** Creates one session per graph, all on the same provider and (WebGPU) the same device. */
  static async create(model: LoadableModel, backend: BackendName): Promise<ModelSession> {
    const ort = await loadRuntime(backend).catch((error: unknown) => {
      throw runtimeFailure(error, backend);
    });
    const gpu = backend === 'webgpu' ? await requestDevice() : null;
    const threads = wasmThreads();
    const device = gpu ? gpu.description : backend === 'wasm-threads' ? `${threads} threads` : '1 thread';
    const provider = gpu
      ? ({ name: 'webgpu', device: gpu.device } as OrtModule.InferenceSession.ExecutionProviderConfig)
      : 'wasm';
    const sessions: Record<string, Session> = {};
    for (const [key, { file }] of Object.entries(manifestOn(backend, model.manifest).graphs)) {
      const graph = model.graphs[file];
      if (!graph) throw new LimpidError('bad-manifest', `The model came without its file "${file}".`);
      const creating = ort.InferenceSession.create(graph, {
        executionProviders: [provider],
        externalData: [{ path: model.manifest.weights.file, data: model.weights }],
        graphOptimizationLevel: 'all',
        enableMemPattern: false,
        // 3 = errors: the notice that shape arithmetic stays on the CPU is expected and would fill every console.
        logSeverityLevel: 3,
        ...(gpu && key === 'encoder' ? { preferredOutputLocation: { latent: 'gpu-buffer' as const } } : {}),
      });
      sessions[key] = await guarded(gpu?.health ?? null, creating).catch((error: unknown) => {
        throw runtimeFailure(error, backend);
      });
    }
    return new ModelSession(ort, sessions, device, gpu?.health ?? null);
  }

  /** (3,h,w) in 0..1 to (3,h,w), unclamped. */
  async imageToImage(window: Planar, half: Planar | null): Promise<Planar> {
    const feeds: Record<string, Tensor> = { image: this.#image(window) };
    if (half) feeds['half'] = this.#image(half);
    return this.#planar(await this.#run('network', feeds), 'restored');
  }

  async liifEncode(window: Planar): Promise<void> {
    this.#latent?.dispose();
    this.#latent = null;
    this.#latent = this.#output(await this.#run('encoder', { image: this.#image(window) }), 'latent');
  }

  /** Colours (3,rows,columns) in 0..1, unclamped, of the window that was encoded last. */
  async liifDecode(grid: LiifGrid): Promise<Planar> {
    if (!this.#latent) throw new LimpidError('internal', 'Nothing is encoded yet.');
    const feeds = {
      latent: this.#latent,
      ...this.#axis('row', grid.rows),
      ...this.#axis('column', grid.columns),
      cell: new this.ort.Tensor('float32', Float32Array.from(grid.cell), [2]),
    };
    return this.#planar(await this.#run('decoder', feeds), 'colours');
  }

  #image(picture: Planar): Tensor {
    return new this.ort.Tensor('float32', picture.data, [1, picture.channels, picture.height, picture.width]);
  }

  #axis(name: string, axis: LiifAxis): Record<string, Tensor> {
    const shape = [axis.shifts, axis.length];
    return {
      [`${name}_index`]: new this.ort.Tensor('int32', axis.index, shape),
      [`${name}_offset`]: new this.ort.Tensor('float32', axis.offset, shape),
      [`${name}_opposite`]: new this.ort.Tensor('float32', axis.opposite, shape),
    };
  }

  async #run(key: string, feeds: Record<string, Tensor>): Promise<OrtModule.InferenceSession.OnnxValueMapType> {
    const session = this.sessions[key];
    if (!session) throw new LimpidError('bad-manifest', `The model has no graph "${key}".`);
    return guarded(this.health, session.run(feeds));
  }

  #output(outputs: OrtModule.InferenceSession.OnnxValueMapType, name: string): Tensor {
    const tensor = outputs[name];
    if (!tensor) throw new LimpidError('bad-manifest', `The graph has no output "${name}".`);
    return tensor;
  }

  async #planar(outputs: OrtModule.InferenceSession.OnnxValueMapType, name: string): Promise<Planar> {
    const tensor = this.#output(outputs, name);
    const data = (await guarded(this.health, tensor.getData())) as Float32Array;
    const [, channels = 0, height = 0, width = 0] = tensor.dims;
    // A WASM result may be a view of the heap: what leaves this worker must own its buffer.
    return { data: data.byteLength === data.buffer.byteLength ? data : data.slice(), channels, width, height };
  }
}
