import type { ModelId } from '../../contract/models.ts';
import type { BackendName, RunPhase, RunProgress } from '../../contract/run.ts';

/** Arithmetic of one step as planned; a change of tile size changes it on the way. */
export interface StepWork {
  macs: number;
  /** Parts in which the result arrives: one or more for each tile. */
  parts: number;
}

/**
 * Turns finished arithmetic into progress: parts done of parts planned, and the time left from the speed measured in this
 * run (before its first part: from an earlier one). The fraction never falls, also when a fault makes a step longer.
 */
export class ProgressMeter {
  #fraction = 0;
  #doneBefore = 0;
  #seconds = 0;
  #macs = 0;
  /** When the step began, put off by what its loading took. */
  #started = 0;

  constructor(
    private readonly works: StepWork[],
    private readonly emit: (progress: RunProgress) => void,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {}

  /** Loading and proving: bytes done of bytes, not part of the fraction. */
  loading(step: number, model: ModelId, phase: RunPhase, done: number, total: number): void {
    this.#emit(phase, step, model, done, total, null, null);
  }

  startStep(): void {
    this.#started = this.now();
    this.#macs = 0;
    this.#seconds = 0;
  }

  /** Tells that `seconds` since the step's start went into loading and proving, whether it succeeded or failed. */
  loaded(seconds: number): void {
    this.#started += seconds;
  }

  /** After `done` parts of the current step, `macs` of its arithmetic; `guess` is a speed known from earlier runs. */
  part(step: number, model: ModelId, backend: BackendName, done: number, macs: number, guess: number | null): void {
    const work = this.works[step];
    if (!work) return;
    this.#macs = macs;
    this.#seconds = this.now() - this.#started;
    const left = this.works.slice(step).reduce((sum, w) => sum + w.macs, 0) - macs;
    const speed = macs > 0 && this.#seconds > 0 ? macs / this.#seconds : guess;
    const secondsLeft = speed === null ? null : Math.max(0, left / speed);
    this.#emit('restoring', step, model, done, work.parts, secondsLeft, backend, this.#doneBefore + macs);
  }

  /** Ends a step; returns its arithmetic and its seconds without loading. */
  endStep(step: number): { macs: number; seconds: number } {
    this.#doneBefore += this.works[step]?.macs ?? 0;
    return { macs: this.#macs, seconds: this.now() - this.#started };
  }

  finishing(step: number, model: ModelId, backend: BackendName): void {
    this.#emit('finishing', step, model, 0, 1, null, backend, this.#doneBefore);
  }

  #emit(
    phase: RunPhase,
    step: number,
    model: ModelId,
    done: number,
    total: number,
    secondsLeft: number | null,
    backend: BackendName | null,
    macs = this.#doneBefore,
  ): void {
    const all = this.works.reduce((sum, work) => sum + work.macs, 0);
    this.#fraction = Math.min(1, Math.max(this.#fraction, all > 0 ? macs / all : 0));
    this.emit({
      phase,
      step,
      steps: this.works.length,
      model,
      done,
      total,
      fraction: this.#fraction,
      secondsLeft,
      backend,
    });
  }
}
