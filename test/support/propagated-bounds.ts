/**
 * @file What laws L14 and L15 say: how far a spiking network's rates can be from its folded network's activations. The program's own
 * certificates use narrower bounds (proof/bounds/interval-bounds.ts).
 *
 * Let r_i >= abs(theta*N_i/T - clip(mean I_i)) for every neuron. Because clip never increases a distance,
 *
 *     e_i <= sum_j abs(w_ij) * e_j + r_i           (one bound per neuron: `neuronBounds`)
 *     e_l <= ||W_l||_inf * e_{l-1} + max_i r_i     (one per layer, law L14 and L15: `layerBounds`)
 *
 * r_i = theta/T (full) or theta/(2T) (half) where no current passes theta and v0 = 0 (L14); (W_T + abs(v0))/T always (L15).
 */
import type { LayerTrace } from '../../src/proof/laws/layer-trace.ts';
import type { CountBound } from '../../src/snn/neurons/neuron.ts';
import { deviation, type LayerWiring } from '../../src/snn/wiring.ts';

/** L14: what one neuron can lose without overload, in the unit of its currents, by its count law. */
export function residualWithoutOverload({ bound }: CountBound, theta: number, steps: number): number {
  return (bound * theta) / steps;
}

/** L15: what it can lose in any case, from the currents it really had. */
export function residualsOf(trace: LayerTrace): Float64Array {
  const { overloadBound, v0, roundoff, steps } = trace;
  return overloadBound.map((bound, i) => (bound + Math.abs(v0[i]!) + 2 * roundoff[i]!) / steps);
}

/**
 * One bound per neuron of every layer, in the unit of its currents; the last is for the readout's.
 * @param residuals per layer [neurons], without the readout
 * @param inputBall the image may lie anywhere within this distance (largest component) of the one that was run
 */
export function neuronBounds(
  wiring: readonly LayerWiring[],
  residuals: readonly Float64Array[],
  inputBall = 0,
): Float64Array[] {
  const bounds: Float64Array[] = [];
  for (let l = 0; l < wiring.length; l++) {
    const residual = residuals[l];
    bounds.push(deviation(wiring, l, bounds, inputBall).map((e, i) => e + (residual?.[i] ?? 0)));
  }
  return bounds;
}

/** One number per layer, with norms of whole matrices: cruder, and the form the theory is stated in. */
export function layerBounds(wiring: readonly LayerWiring[], residuals: readonly number[]): number[] {
  const bounds: number[] = [];
  wiring.forEach((_, l) => {
    const before = bounds.map((bound, k) => wiring[k]!.theta.map(() => bound));
    const sum = deviation(wiring, l, before, 0);
    bounds.push(sum.reduce((a, b) => Math.max(a, b), 0) + (residuals[l] ?? 0));
  });
  return bounds;
}
