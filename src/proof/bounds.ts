/**
 * @file How far a spiking network's rates can be from its folded network's activations, before anyone compares them.
 * Let r_i >= abs(theta*N_i/T - clip(mean I_i)) for every neuron. Because clip moves no two numbers apart,
 *
 *     e_i <= sum_j abs(w_ij) * e_j + r_i           (one bound per neuron: `neuronBounds`)
 *     e_l <= ||W_l||_inf * e_{l-1} + max_i r_i     (one per layer, theory T14 and T15: `layerBounds`)
 *
 * r_i = theta/T (full) or theta/(2T) (half) where no current passes theta and v0 = 0 (T14); (W_T + abs(v0))/T always (T15).
 */
import type { LayerTrace } from './trace.ts';
import { type LayerWiring, propagate } from './wiring.ts';

/** T14: what one neuron can lose without overload, in the unit of its currents. */
export function residualWithoutOverload(kind: 'full' | 'half', theta: number, steps: number): number {
  return (kind === 'full' ? theta : theta / 2) / steps;
}

/** T15: what it can lose in any case, from the currents it really had. */
export function residualsOf(trace: LayerTrace): Float64Array {
  const { overloadBound, v0, roundoff, steps } = trace;
  return overloadBound.map((bound, i) => (bound + Math.abs(v0[i]!) + 2 * roundoff[i]!) / steps);
}

/**
 * One bound per neuron of every layer, in the unit of its currents; the last is for the logits.
 * @param residuals per layer [neurons], without the readout
 * @param inputBall the image may lie anywhere within this distance (largest component) of the one that was run
 */
export function neuronBounds(
  wiring: readonly LayerWiring[],
  residuals: readonly Float64Array[],
  inputBall = 0,
): Float64Array[] {
  const bounds: Float64Array[] = [];
  wiring.forEach((layer, l) => {
    const bound = new Float64Array(layer.neurons);
    for (const synapses of layer.image) spread(synapses, inputBall, bound);
    for (const synapses of layer.spikes) {
      // Charged weights carry the source's theta, so its bound is counted in spikes.
      const theta = wiring[synapses.from]!.theta;
      const inSpikes = bounds[synapses.from]!.map((e, j) => e / theta[j]!);
      propagate(synapses, inSpikes, bound, true);
    }
    bounds.push(bound.map((e, i) => e + (residuals[l]?.[i] ?? 0)));
  });
  return bounds;
}

/** One number per layer, with norms of whole matrices: cruder, and the form the theory is stated in. */
export function layerBounds(wiring: readonly LayerWiring[], residuals: readonly number[]): number[] {
  const bounds: number[] = [];
  wiring.forEach((layer, l) => {
    const sum = new Float64Array(layer.neurons);
    for (const synapses of layer.spikes) {
      const theta = wiring[synapses.from]!.theta;
      propagate(
        synapses,
        theta.map((height) => bounds[synapses.from]! / height),
        sum,
        true,
      );
    }
    bounds.push(sum.reduce((a, b) => Math.max(a, b), 0) + (residuals[l] ?? 0));
  });
  return bounds;
}

function spread(synapses: LayerWiring['image'][number], distance: number, into: Float64Array): void {
  if (distance === 0) return;
  const { source } = synapses;
  propagate(synapses, new Float64Array(source[0] * source[1] * source[2]).fill(distance), into, true);
}
