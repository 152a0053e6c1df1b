/**
 * @file What it costs, up to the step that is shown: spikes, operations, energy against the ANN.
 */
import type { Answer } from '../protocol.ts';
import type { Shown } from '../state/shown.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { byId, say } from './element.ts';

export function createCounters(state: Store<State>, shown: Store<Shown>): void {
  let upTo = new Float64Array(0);
  const draw = (): void => {
    const { answer, facts } = shown.value;
    if (!answer || !facts) return;
    const step = Math.min(state.value.step, answer.steps);
    const { annMac, snnMac, snnAc, annJoule, snnJoule, estimator } = answer.cost;
    const neurons = facts.layers.slice(0, -1).reduce((sum, layer) => sum + layer.neurons, 0);
    const spikes = upTo[step - 1]!;
    say(byId('spikes-count'), short(spikes));
    say(byId('spikes-each'), `${(spikes / neurons).toFixed(2)} a neuron`);
    say(byId('ops-snn'), `${short(snnAc[step - 1]!)} additions`);
    say(byId('ops-ann'), `and ${short(snnMac)} multiplications; ANN: ${short(annMac)} multiplications`);
    const ratio = snnJoule[step - 1]! / annJoule;
    say(byId('energy-ratio'), `${ratio.toFixed(2)} ×`);
    say(byId('energy-says'), `the ANN's: ${joule(snnJoule[step - 1]!)} against ${joule(annJoule)}`);
    byId('energy-note').title = estimator;
    byId('energy-bar').style.setProperty('width', `${Math.min(100, 50 * ratio)}%`);
  };
  shown.watch(({ answer }, before) => {
    if (!answer || answer === before.answer) return;
    upTo = spikesUpTo(answer);
    draw();
  });
  state.watch(({ step }, before) => step !== before.step && draw());
}

/** `[steps]`: spikes of all layers up to and including each step. */
function spikesUpTo({ spikes, steps }: Answer): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(steps);
  for (const layer of spikes) {
    const neurons = layer.length / steps;
    for (let i = 0; i < layer.length; i++) sums[Math.floor(i / neurons)]! += Math.abs(layer[i]!);
  }
  for (let t = 1; t < steps; t++) sums[t]! += sums[t - 1]!;
  return sums;
}

/** 1234 is 1.23 k. */
export function short(value: number): string {
  for (const [unit, name] of [
    [1e9, ' G'],
    [1e6, ' M'],
    [1e3, ' k'],
  ] as const)
    if (value >= unit) return `${(value / unit).toPrecision(3)}${name}`;
  return String(Math.round(value));
}

function joule(value: number): string {
  return value >= 1e-6 ? `${(value * 1e6).toPrecision(3)} µJ` : `${(value * 1e9).toPrecision(3)} nJ`;
}
