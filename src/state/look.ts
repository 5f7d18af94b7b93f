import type { RunRequest } from '../../contract/run.ts';
import { engine } from '../engine/index.ts';

type View = RunRequest['view'] | null;

/** Milliseconds between two looks: whoever drags the picture about asks for no new order at every step. */
const PAUSE = 500;

/**
 * Tells a run what is on screen whenever that has changed, until it has `ended`. `ask` answers null while another picture is
 * shown; `told` is what the run knows from its request.
 */
export function followView(job: string, ask: () => View, told: View, ended: Promise<unknown>): void {
  let last = JSON.stringify(told);
  const timer = setInterval(() => {
    const view = ask();
    const now = JSON.stringify(view);
    if (!view || now === last) return;
    last = now;
    void engine.look(job, view);
  }, PAUSE);
  const stop = (): void => clearInterval(timer);
  ended.then(stop, stop);
}
