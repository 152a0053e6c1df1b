/**
 * @file The neuron that is looked at: its potential over time between its thresholds, and its staircase against the activation that
 * it stands for, with the point where it is now. What draws plots is loaded with the first of them: the answers do not wait for it.
 */
import type { Probe } from '../protocol.ts';
import type { Shown } from '../state/shown.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { byId, say } from './element.ts';
import type { Pointed } from './pointed.ts';

export function createNeuron(state: Store<State>, shown: Store<Shown>): void {
  const [stairs, potential] = [byId('staircase'), byId('potential')];
  let plots: { readonly probe: Probe; readonly stairs: Pointed; readonly potential: Pointed } | null = null;

  const draw = async (): Promise<void> => {
    const { staircasePlot, potentialPlot } = await import('./neuron-plots.ts');
    const { probe } = shown.value;
    if (!probe || probe === plots?.probe) return;
    plots = { probe, stairs: staircasePlot(probe), potential: potentialPlot(probe) };
    stairs.replaceChildren(plots.stairs.svg);
    potential.replaceChildren(plots.potential.svg);
    mark();
  };
  const mark = (): void => {
    const { facts } = shown.value;
    if (!plots || !facts) return;
    const { probe } = plots;
    const { layer, index } = state.value;
    const step = Math.min(state.value.step, probe.spikes.length);
    const [count, input] = [sum(probe.spikes, step), sum(probe.current, step)];
    const v = probe.potential[step - 1]!;
    plots.stairs.point((probe.unit * input) / step / probe.theta, (probe.unit * count) / step);
    plots.potential.point(step, v / probe.theta);
    const place = facts.layers[layer];
    if (!place) return;
    const [, width, channels] = place.shape;
    const at = Math.floor(index / channels);
    const where =
      place.shape[0] * width === 1
        ? `neuron ${index}`
        : `channel ${index % channels}, row ${Math.floor(at / width)}, column ${at % width}`;
    say(byId('neuron-place'), `${place.name}, ${where}`);
    say(
      byId('neuron-numbers'),
      `After step ${step}: potential v = ${(v / probe.theta).toFixed(2)} θ, count N = ${count}, rate N / ${step} = ${(count / step).toFixed(2)}; θ = ${probe.theta.toPrecision(3)}.`,
    );
  };
  shown.watch(({ probe }, before) => {
    if (probe && probe !== before.probe) void draw();
  });
  state.watch(({ step }, before) => step !== before.step && mark());
}

function sum(values: ArrayLike<number>, steps: number): number {
  let total = 0;
  for (let t = 0; t < steps; t++) total += values[t]!;
  return total;
}
