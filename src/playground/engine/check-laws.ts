/**
 * @file The laws on the run that is shown, layer by layer. They speak about the sound network; what was broken on purpose shows as a
 * law that does not hold.
 */
import { certify } from '../../proof/bounds/certify.ts';
import { checkConservation } from '../../proof/laws/check-conservation.ts';
import { checkCountLaw } from '../../proof/laws/check-count-law.ts';
import { checkExactLaw } from '../../proof/laws/check-exact-law.ts';
import { checkOverload } from '../../proof/laws/check-overload.ts';
import type { LayerTrace } from '../../proof/laws/layer-trace.ts';
import { traceLayer } from '../../proof/laws/trace-layer.ts';
import { runFolded } from '../../proof/networks/run-folded.ts';
import { type LayerWiring, wiringOf } from '../../snn/wiring.ts';
import type { LawRow } from '../protocol.ts';
import { checkCurrents } from './check-currents.ts';
import type { Found } from './found.ts';
import { LAW_TEXTS } from './law-texts.ts';
import type { Run } from './workbench.ts';

/** Certificates look at every synapse several times: above this many, the page leaves them out. */
const MOST_SYNAPSES = 2e7;

/** Every law that the neuron of the run claims. */
export function checkLaws(run: Run, synapses: number): LawRow[] {
  const { sound, result, image } = run;
  const wiring = wiringOf(sound);
  const spiking = sound.layers.slice(0, -1);
  const traces = spiking.map((_, l) => traceLayer(sound, result, l, 0));
  const settling = result.schedule === 'settling';
  const runsOn = settling && !traces[0]?.accumulated;
  const rows = [
    row(
      sound.neuron.laws.conservation.law,
      traces.map((trace) => ({ layer: trace.name, cases: trace.theta.length, ...checkConservation(trace) })),
    ),
    ...countAndOverload(run, traces),
  ];
  if (!runsOn) rows.push(row('L18', checkCurrents(run, wiring)));
  if (!settling && synapses <= MOST_SYNAPSES) rows.push(row('L15', [certificate(run, wiring, traces)]));
  const exact = sound.neuron.settling;
  if (settling && exact) {
    const counts = result.record.slice(0, -1).map((record) => record.counts!);
    const found = checkExactLaw(sound, image, counts, result.steps, wiring);
    rows.push(
      row(
        exact.law,
        found.map(({ name, neurons, broken }) => ({
          layer: name,
          cases: neurons,
          broken,
          worst: broken,
          bound: 0,
        })),
      ),
    );
  }
  return rows;
}

function countAndOverload({ sound: { neuron } }: Run, traces: readonly LayerTrace[]): LawRow[] {
  const rows: LawRow[] = [];
  const counted = traces.flatMap((trace) => {
    const found = checkCountLaw(trace, neuron);
    return found ? [{ layer: trace.name, ...found, cases: found.covered }] : [];
  });
  if (counted.length > 0) rows.push(row(neuron.laws.count!.law, counted));
  if (neuron.laws.overload && !traces[0]?.accumulated)
    rows.push(
      row(
        'L9',
        traces.map((trace) => ({ layer: trace.name, cases: trace.theta.length, ...checkOverload(trace) })),
      ),
    );
  return rows;
}

/** L15: how far the logits are from the folded network's, against what the run itself bounds. */
function certificate(
  { sound, result, image }: Run,
  wiring: readonly LayerWiring[],
  traces: readonly LayerTrace[],
): Found {
  const { logits } = runFolded(sound, image, wiring);
  const { bounds } = certify(sound, result, 0, { foldedLogits: logits, wiring, traces });
  const last = (result.steps - 1) * result.classes;
  const errors = logits.map((logit, c) => Math.abs(result.logits[last + c]! - logit));
  const broken = errors.filter((error, c) => !(error <= bounds[c]!)).length;
  return {
    layer: 'readout',
    cases: logits.length,
    broken,
    worst: Math.max(...errors),
    bound: Math.max(...bounds),
  };
}

/** The first layer where a law is broken, else the one that came nearest to its bound. */
function row(id: string, layers: readonly Found[]): LawRow {
  const first = layers.find(({ broken }) => broken > 0);
  const share = ({ worst, bound }: Found): number => (bound > 0 ? worst / bound : worst);
  const shown =
    first ?? layers.reduce((most, layer) => (share(layer) > share(most) ? layer : most), layers[0]!);
  const cases = layers.reduce((sum, layer) => sum + layer.cases, 0);
  const { worst, bound, layer } = shown;
  return { id, ...LAW_TEXTS[id]!, holds: !first, cases, worst, bound, layer };
}
