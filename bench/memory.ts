import { readdirSync, readFileSync } from 'node:fs';

/**
 * Peak resident memory (VmHWM) of the largest renderer process below this one, in bytes: the page with all its workers is
 * one such process. Null where there is no /proc.
 */
export function rendererPeak(): number | null {
  try {
    const processes = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap(read);
    const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
    const below = (pid: number): boolean => {
      for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at))
        if (at === process.pid) return true;
      return false;
    };
    const peaks = processes.filter(({ pid, renderer }) => renderer && below(pid)).map(({ peak }) => peak);
    return peaks.length === 0 ? null : Math.max(...peaks);
  } catch {
    return null;
  }
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly peak: number;
  readonly renderer: boolean;
}

function read(pid: string): Process[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    const renderer = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer');
    return [{ pid: Number(pid), parent: field('PPid'), peak: field('VmHWM') * 1024, renderer }];
  } catch {
    return []; // it ended while we looked
  }
}
