/**
 * Runs any function of any module inside a module worker: `{ id, module, name, args }` in, `{ id, value }` or
 * `{ id, error }` out. The specs drive worker code through this one door.
 */
interface Call {
  readonly id: number;
  readonly module: string;
  readonly name: string;
  readonly args: readonly unknown[];
}

interface Reply {
  readonly answers: number;
  readonly value?: unknown;
  readonly error?: string;
}

addEventListener('message', (event: MessageEvent<Call | Reply>) => {
  if ('answers' in event.data) {
    asked.get(event.data.answers)?.(event.data);
    asked.delete(event.data.answers);
    return;
  }
  const { id, module, name, args } = event.data;
  void run(module, name, args).then(
    (value) => postMessage({ id, value }),
    (error: unknown) =>
      postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});

async function run(module: string, name: string, args: readonly unknown[]): Promise<unknown> {
  const loaded = (await import(/* @vite-ignore */ module)) as Record<string, unknown>;
  const target = loaded[name];
  if (typeof target !== 'function') throw new Error(`${module} has no function ${name}`);
  return (target as (...values: readonly unknown[]) => unknown)(...args);
}

/** Worker code asks the page, as the application's worker does for SVG: a function of a module, run on the page's side. */
const asked = new Map<number, (answer: { value?: unknown; error?: string }) => void>();
let question = 0;

function askPage(module: string, name: string, ...args: readonly unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    question += 1;
    asked.set(question, ({ value, error }) => (error === undefined ? resolve(value) : reject(new Error(error))));
    postMessage({ ask: question, module, name, args });
  });
}
Object.assign(globalThis, { askPage });

// An error that nobody awaited is a finding: the page counts them.
addEventListener('unhandledrejection', (event) => postMessage({ stray: String(event.reason) }));
addEventListener('error', (event) => postMessage({ stray: event.message }));
postMessage({ ready: true });
