/**
 * @file The tracer, a neuron that can take spikes back: it follows the quantised activation of what it has received
 * so far, and once its inputs stop it settles on it exactly, whatever their size and order (law L16).
 *
 *     q = q + I                                  q starts at theta / 2
 *     s = +1 if q >= theta and sent < T;  -1 if q < 0 and sent > -T;  0 otherwise
 *     q = q - theta * s,   sent = sent + s
 */

/** What a tracer does in one step. */
export interface Traced {
  readonly s: -1 | 0 | 1;
  readonly v: number;
  /** Signed count of all spikes up to now, in [-limit, limit]. */
  readonly sent: number;
}

/**
 * One step of one tracer.
 * @param v potential before the step; theta / 2 before the first
 * @param sent signed spike count before the step; 0 before the first
 * @param current I, the input of this step; 0 once the inputs have stopped
 * @param limit T, the largest count
 * @example
 * traceStep(0.5, 0, 0.75, 1, 4); // { s: 1, v: 0.25, sent: 1 }
 */
export function traceStep(v: number, sent: number, current: number, theta: number, limit: number): Traced {
  const q = v + current;
  const s = q >= theta && sent < limit ? 1 : q < 0 && sent > -limit ? -1 : 0;
  return { s, v: q - theta * s, sent: sent + s };
}

/** Nothing is left to send: without input the tracer stays silent. */
export function settled(v: number, sent: number, theta: number, limit: number): boolean {
  return !(v >= theta && sent < limit) && !(v < 0 && sent > -limit);
}
