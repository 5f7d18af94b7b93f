import { PATIENCE } from '../patience.ts';

/** Shorter calls measure overhead, not speed; seconds. */
const TELLING = 0.1;

/**
 * Knows how long a call of the inference worker may take: its arithmetic at the speed that this device showed last, in
 * an earlier visit or on the golden picture, times the slack.
 */
export class Watchdog {
  /** Multiply-accumulates a second. */
  #speed: number | null = null;
  #measured = false;

  /** The golden picture is small, so that its speed is a lower bound. */
  proved(macs: number, seconds: number): void {
    if (!this.#measured && seconds > 0) this.#speed = macs / seconds;
  }

  /** A speed from an earlier run on this backend, null when there was none. */
  expect(speed: number | null): void {
    if (speed === null) return;
    this.#speed = speed;
    this.#measured = true;
  }

  finished(macs: number, seconds: number): void {
    if (seconds >= TELLING) this.expect(macs / seconds);
  }

  /** Milliseconds that a call with this much arithmetic may go unanswered. */
  limit(macs: number): number {
    const expected = this.#speed === null ? Infinity : (PATIENCE.slack * 1000 * macs) / this.#speed;
    return Math.max(PATIENCE.call, this.#measured ? expected : Math.min(expected, PATIENCE.unmeasured));
  }
}
