/** @file Trying again: what may pass by itself is waited for, longer each time, and not by all at the same moment. */

/** An error that may pass by itself: the network, a server that restarts. */
export class Passing extends Error {}

export interface BackOff {
  /** How often at most. */
  readonly tries: number;
  /** What is waited after the first, at most; twice as long after each other one. */
  readonly firstMs: number;
}

/** About 6 s in all: longer than a server's restart, shorter than a job's patience. */
export const BACK_OFF: BackOff = { tries: 6, firstMs: 200 };

/** Does `attempt` until it does not fail by `Passing`. @throws what it threw at last */
export async function withBackOff<T>(
  attempt: () => Promise<T>,
  { tries, firstMs }: BackOff = BACK_OFF,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Passing) || tried >= tries) throw error;
    }
    // between half and all of it: many workers that failed at once do not come again at once
    const share = crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
    const most = firstMs * 2 ** (tried - 1);
    await new Promise((resolve) => setTimeout(resolve, (most * (1 + share)) / 2));
  }
}
