/** @file The constant currents of a layer over a whole run. */

/** T times each current, [neurons]. */
export function constantTotals(
  constant: Float32Array | Float64Array,
  steps: number,
): Float64Array<ArrayBuffer> {
  const totals = new Float64Array(constant.length);
  for (let i = 0; i < totals.length; i++) totals[i] = constant[i]! * steps;
  return totals;
}
