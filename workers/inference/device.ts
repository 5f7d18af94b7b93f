import { LimpidError } from '../../contract/result.ts';

/** A WebGPU device of our own: onnxruntime's own device would keep its loss and its errors to itself. */
export interface WatchedDevice {
  readonly device: GPUDevice;
  readonly description: string;
  readonly health: DeviceHealth;
}

/** Throws `backend-failed` when there is no adapter or it gives no device. */
export async function requestDevice(): Promise<WatchedDevice> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new LimpidError('backend-failed', 'This browser offers no WebGPU adapter.');
  const limits = adapter.limits;
  const device = await adapter
    .requestDevice({
      requiredFeatures: (['shader-f16', 'timestamp-query', 'subgroups'] as GPUFeatureName[]).filter((f) =>
        adapter.features.has(f),
      ),
      requiredLimits: {
        maxBufferSize: limits.maxBufferSize,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
        maxComputeWorkgroupSizeY: limits.maxComputeWorkgroupSizeY,
        maxComputeWorkgroupSizeZ: limits.maxComputeWorkgroupSizeZ,
        maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
        maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
      },
    })
    .catch((error: unknown) => {
      throw new LimpidError('backend-failed', 'The GPU gave no device.', String(error));
    });
  const { vendor, architecture, description } = adapter.info;
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
  return { device, description: name, health: new DeviceHealth(device) };
}

/**
 * What a device reports beside the calls made on it. WebGPU answers a failed allocation with an invalid buffer, on which
 * everything afterwards does nothing: without this the run would go on with zeros.
 */
export class DeviceHealth {
  readonly #failed = new AbortController();

  constructor(device: GPUDevice) {
    device.addEventListener('uncapturederror', ({ error }) => {
      this.#failed.abort(
        error instanceof GPUOutOfMemoryError
          ? new LimpidError('out-of-memory', 'The GPU ran out of memory.', error.message)
          : new LimpidError('backend-failed', 'The GPU refused a command.', error.message),
      );
    });
    void device.lost.then(({ reason, message }) =>
      this.#failed.abort(new LimpidError('device-lost', 'The GPU was lost during the run.', `${reason}: ${message}`)),
    );
  }

  /** The answer of a call on the device, or the device's own failure: a lost GPU may leave a call unanswered. */
  async guard<T>(answer: Promise<T>): Promise<T> {
    const settled = new AbortController();
    const { signal } = this.#failed;
    const failure = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as LimpidError), { signal: settled.signal });
    });
    try {
      signal.throwIfAborted();
      const value = await Promise.race([answer, failure]);
      signal.throwIfAborted();
      return value;
    } catch (error) {
      // The device reports its loss a moment after the call that met it.
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 50));
      signal.throwIfAborted();
      throw error;
    } finally {
      settled.abort();
    }
  }
}
