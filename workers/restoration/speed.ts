import type { ModelId } from '../../contract/models.ts';
import type { BackendName } from '../../contract/run.ts';

/** Multiply-accumulates a second that this device reached, by backend and model; kept across visits. */
const CACHE = 'limpid-speed';
/** The number rises when what was remembered before is not to be believed any more. */
const KEY = '/limpid-speed-2.json';

/** Below either, calling and starting the model takes longer than its arithmetic. */
const LEAST_MACS = 5e9;
const LEAST_SECONDS = 0.5;

type Table = Record<string, number>;

async function readTable(): Promise<Table> {
  try {
    const kept = await (await caches.open(CACHE)).match(KEY);
    const value: unknown = await kept?.json();
    if (typeof value !== 'object' || value === null) return {};
    const isSpeed = (entry: [string, unknown]): entry is [string, number] =>
      typeof entry[1] === 'number' && entry[1] > 0;
    return Object.fromEntries(Object.entries(value).filter(isSpeed));
  } catch {
    return {};
  }
}

/** Speed measured with this very model, else with another one on the same backend, else null. */
export async function knownSpeed(backend: BackendName, model: ModelId): Promise<number | null> {
  const table = await readTable();
  const own = table[`${backend}/${model}`];
  if (own !== undefined) return own;
  const others = Object.entries(table).filter(([key]) => key.startsWith(`${backend}/`));
  return others.length === 0 ? null : Math.min(...others.map(([, speed]) => speed));
}

/** Remembers a finished step; runs too short to say anything about speed are passed over. */
export async function rememberSpeed(
  backend: BackendName,
  model: ModelId,
  macs: number,
  seconds: number,
): Promise<void> {
  if (seconds < LEAST_SECONDS || macs < LEAST_MACS) return;
  try {
    const table = { ...(await readTable()), [`${backend}/${model}`]: macs / seconds };
    await (await caches.open(CACHE)).put(KEY, new Response(JSON.stringify(table)));
  } catch {
    // No storage: the next visit starts without an estimate.
  }
}
