/**
 * @file Law L18 on every layer of a run: the sum of a layer's currents is its weights times the counts of the layers before it, plus
 * T times its bias and what the image contributes. An engine adds in float32, so each addition may lose one rounding.
 */
import { analogueCurrents, type LayerWiring, propagate } from '../../snn/wiring.ts';
import type { Found } from './found.ts';
import type { Run } from './workbench.ts';

const UNIT = 2 ** -24;

/** What each layer received against what it should have received. */
export function checkCurrents({ sound, result, image }: Run, wiring: readonly LayerWiring[]): Found[] {
  const { steps, record } = result;
  const constant = analogueCurrents(sound, image);
  const counts = record.map((layer) => layer.counts ?? new Int32Array(0));
  return wiring.map((layer, l) => {
    const asked = Float64Array.from(constant[l]!, (current) => current * steps);
    for (const synapses of layer.spikes) propagate(synapses, counts[synapses.from]!, asked);
    const { currents } = record[l]!;
    let [broken, worst, bound, nearest] = [0, 0, 0, -1];
    for (let i = 0; i < layer.neurons; i++) {
      let [received, size] = [0, 0];
      for (let t = 0; t < steps; t++) {
        received += currents![t * layer.neurons + i]!;
        size += Math.abs(currents![t * layer.neurons + i]!);
      }
      const error = Math.abs(received - asked[i]!);
      const allowed =
        layer.terms * UNIT * (size + steps * (2 * layer.reach[i]! + Math.abs(constant[l]![i]!)));
      if (!(error <= allowed)) broken++;
      const share = error / allowed;
      if (error > 0 && share > nearest) [nearest, worst, bound] = [share, error, allowed];
    }
    return { layer: layer.name, cases: layer.neurons, broken, worst, bound };
  });
}
