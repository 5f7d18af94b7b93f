import { describe, expect, it } from 'vitest';
import { PATIENCE } from '../patience.ts';
import { Watchdog } from './watchdog.ts';

describe('Watchdog', () => {
  it('grants ten times the expected time, from the speed measured last', () => {
    const watchdog = new Watchdog();
    watchdog.expect(1e9);
    expect(watchdog.limit(60e9)).toBe(600_000);
    watchdog.finished(60e9, 30);
    expect(watchdog.limit(60e9)).toBe(300_000);
  });
  it('never grants less than a call may need for nothing', () => {
    const watchdog = new Watchdog();
    watchdog.expect(1e12);
    expect(watchdog.limit(1)).toBe(PATIENCE.call);
  });
  it('takes the golden picture as a lower bound of the speed, with an end to the patience', () => {
    const watchdog = new Watchdog();
    expect(watchdog.limit(1e12)).toBe(PATIENCE.unmeasured);
    watchdog.proved(1e9, 0.5);
    expect(watchdog.limit(20e9)).toBe(100_000);
    expect(watchdog.limit(1e14)).toBe(PATIENCE.unmeasured);
  });
  it('learns nothing from calls too short to measure, and nothing from a proof once it knows better', () => {
    const watchdog = new Watchdog();
    watchdog.expect(1e9);
    watchdog.finished(1e9, 0.01);
    watchdog.proved(1e9, 100);
    expect(watchdog.limit(60e9)).toBe(600_000);
  });
});
