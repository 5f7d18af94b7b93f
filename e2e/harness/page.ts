/** The page's half of the harness: owns the worker, matches answers to calls, counts stray errors. */
interface Answer {
  readonly id?: number;
  readonly value?: unknown;
  readonly error?: string;
  readonly stray?: string;
  readonly ready?: boolean;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const pending = new Map<number, Pending>();
const strays: string[] = [];
let next = 1;
let worker = start();

function start(): Worker {
  const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  made.addEventListener('message', (event: MessageEvent<Answer>) => {
    const { id, value, error, stray } = event.data;
    if (stray !== undefined) strays.push(stray);
    if (id === undefined) return;
    const waiting = pending.get(id);
    pending.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  });
  made.addEventListener('error', (event) => strays.push(event.message));
  return made;
}

/** Calls `name` of `module` (a path from the repository's root) in the worker. */
function call(module: string, name: string, args: readonly unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const id = next;
    next += 1;
    pending.set(id, { resolve, reject });
    worker.postMessage({ id, module, name, args });
  });
}

/** Ends the worker and starts a fresh one; calls under way are rejected. */
function restart(): void {
  worker.terminate();
  for (const waiting of pending.values()) waiting.reject(new Error('The worker was restarted.'));
  pending.clear();
  worker = start();
}

const harness = { call, restart, strays };
export type PageHarness = typeof harness;
Object.assign(globalThis, { harness });
