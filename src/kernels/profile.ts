/**
 * @file Where the time of a run goes: every call of a kernel is timed, and counted for the layer and the direction that the tape was in.
 * Kernels are called by the calling thread and return when all threads are done, so their times add up to the time of the run.
 */
/** What was under way: a training step forward, backward or its update; a network that only answers; anything else. */
export type Direction = 'forward' | 'backward' | 'update' | 'inference' | 'other';

/** All calls of one kernel in one place. */
export interface ProfileRow {
  readonly direction: Direction;
  /** The layer's name; empty outside of layers. */
  readonly layer: string;
  /** The kernel's name in `Kernels`. */
  readonly kernel: string;
  readonly calls: number;
  readonly seconds: number;
}

/** Collects times; `profiledKernels` feeds it. */
export interface Profile {
  /** From here on, calls count for this place. */
  enter(direction: Direction, layer: string): void;
  /** Adds a call that took so long. */
  add(kernel: string, seconds: number): void;
  /** What has been collected, the longest first. */
  rows(): ProfileRow[];
  /** Seconds since the profile was made, kernels and everything else. */
  elapsed(): number;
}

/**
 * An empty profile.
 * @param now milliseconds; default: the platform's clock
 * @example
 * const profile = createProfile();
 * profile.enter('forward', 'conv1');
 * profile.add('conv2d', 0.5);
 * profile.rows()[0]?.layer; // 'conv1'
 */
export function createProfile(now: () => number = () => performance.now()): Profile {
  const begun = now();
  const rows = new Map<string, { -readonly [Key in keyof ProfileRow]: ProfileRow[Key] }>();
  let direction: Direction = 'other';
  let layer = '';
  return {
    enter(nextDirection, nextLayer) {
      direction = nextDirection;
      layer = nextLayer;
    },
    add(kernel, seconds) {
      const key = `${direction}\n${layer}\n${kernel}`;
      const row = rows.get(key) ?? { direction, layer, kernel, calls: 0, seconds: 0 };
      row.calls++;
      row.seconds += seconds;
      rows.set(key, row);
    },
    rows: () => [...rows.values()].map((row) => ({ ...row })).sort((a, b) => b.seconds - a.seconds),
    elapsed: () => (now() - begun) / 1000,
  };
}
