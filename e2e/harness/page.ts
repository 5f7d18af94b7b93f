/** The page's half of the harness: owns the worker, matches answers to calls, counts stray errors. */
interface Answer {
  readonly id?: number;
  readonly value?: unknown;
  readonly error?: string;
  readonly stray?: string;
  readonly ready?: boolean;
  readonly ask?: number;
  readonly module?: string;
  readonly name?: string;
  readonly args?: readonly unknown[];
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
    if (event.data.ask !== undefined) void answer(made, event.data);
    if (id === undefined) return;
    const waiting = pending.get(id);
    pending.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  });
  made.addEventListener('error', (event) => strays.push(event.message));
  return made;
}

/** Runs what the worker asked for on this side. */
async function answer(asking: Worker, { ask, module = '', name = '', args = [] }: Answer): Promise<void> {
  try {
    const loaded = (await import(/* @vite-ignore */ module)) as Record<
      string,
      (...values: readonly unknown[]) => unknown
    >;
    asking.postMessage({ answers: ask, value: await loaded[name]?.(...args) });
  } catch (error) {
    asking.postMessage({ answers: ask, error: String(error) });
  }
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
