/**
 * @file From the state to what is shown: whenever something that the worker must compute has changed, it is asked, and of what
 * comes too fast only the newest. The laws and the neuron follow the answer, which never waits for them.
 */
import { mapSize } from '../nn/architecture.ts';
import type { Client } from './client.ts';
import { latest } from './latest.ts';
import type { Answer, DataRequest, NetworkFacts, Opened, Sample, TrainRequest } from './protocol.ts';
import { fetchSamples } from './samples.ts';
import type { Shown } from './state/shown.ts';
import type { State } from './state/state.ts';
import type { Store } from './state/store.ts';

export interface Controller {
  /** Opens a network and runs the picture through it. */
  open(ask: Opened): Promise<void>;
  /** The data set that test pictures come from, where the server has it; null: digits that the program draws. */
  samplesFrom(dataset: string | null): void;
  /** Reads images to learn from. */
  gather(ask: DataRequest): Promise<void>;
  train(ask: TrainRequest): Promise<void>;
  stop(): void;
  /** A test picture. */
  sample(index: number): Promise<void>;
  readonly client: Client;
}

/** The digit that is shown before anything is drawn. */
const FIRST_DIGIT = 3;
/** How long nothing must have changed before the laws are checked. */
const REST_MS = 120;

export function createController(client: Client, state: Store<State>, shown: Store<Shown>): Controller {
  const trouble = (error: unknown): void =>
    shown.set({ trouble: error instanceof Error ? error.message : String(error) });
  /** Whether someone, or a link, has chosen a neuron to look at. */
  let chosen = false;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const probe = latest(async ({ layer, index }: { layer: number; index: number }) => {
    if (!shown.value.answer) return;
    await client.ask('probe', { layer, index }).then((found) => shown.set({ probe: found }), trouble);
  });
  const check = latest(async () => {
    await client.ask('check', null).then((checked) => shown.set({ checked }), trouble);
  });
  const run = latest(async () => {
    const { picture, settings } = state.value;
    const { facts } = shown.value;
    if (!facts || picture.length !== mapSize(facts.input)) return;
    try {
      const answer = await client.ask('run', { picture, settings });
      shown.set({ answer, trouble: '' });
      if (!chosen) state.set({ layer: 0, index: tellingNeuron(answer) });
      chosen = true;
      probe(state.value);
      clearTimeout(rest);
      rest = setTimeout(check, REST_MS, undefined);
    } catch (error) {
      shown.set({ answer: null, checked: null, probe: null });
      trouble(error);
    }
  });

  state.watch((now, before) => {
    if (now.settings !== before.settings || now.picture !== before.picture) run(undefined);
    else if (now.layer !== before.layer || now.index !== before.index) probe(now);
  });

  const pictures: { from: string | null; list: readonly Sample[] } = { from: null, list: [] };
  const sample = async (index: number): Promise<void> => {
    try {
      const { facts } = shown.value;
      if (pictures.from !== null && pictures.list.length === 0 && facts)
        pictures.list = await fetchSamples(pictures.from, facts.input);
      const found = pictures.list[index % pictures.list.length];
      const { picture, label } = found ?? (await client.ask('sample', { index }));
      // What the program draws is a digit, whatever the network knows.
      const known = found !== undefined || facts?.samples;
      shown.set({ label: (known ? facts?.classNames[label] : undefined) ?? String(label) });
      state.set({ picture });
    } catch (error) {
      trouble(error);
    }
  };
  const adopt = (facts: NetworkFacts): void => {
    const before = shown.value.facts;
    shown.set({ facts, answer: null, checked: null, probe: null, trouble: '' });
    const { layer, index, settings } = state.value;
    const spiking = facts.layers.slice(0, -1);
    const kept = layer + index > 0 && index < (spiking[layer]?.neurons ?? 0);
    chosen = kept;
    if (!kept) state.set({ layer: 0, index: 0 });
    if (settings.fault.layer >= facts.layers.length)
      state.set({ settings: { ...settings, fault: { kind: 'none', layer: 0 } } });
    // A picture of another size, or of other things, says nothing to this network.
    const same = before === null || before.classNames.join() === facts.classNames.join();
    if (same && state.value.picture.length === mapSize(facts.input)) run(undefined);
    else void sample(FIRST_DIGIT);
  };
  const samplesFrom = (dataset: string | null): void => {
    if (dataset === pictures.from) return;
    pictures.from = dataset;
    pictures.list = [];
  };
  return {
    client,
    samplesFrom,
    open: (ask) => client.ask('open', ask).then(adopt, trouble),
    async gather(ask) {
      shown.set({ gathers: true, data: null, trouble: '', busy: 'Reading the images' });
      await client.ask('gather', ask).then((data) => shown.set({ data }), trouble);
      shown.set({ gathers: false, busy: '' });
    },
    async train(ask) {
      shown.set({ training: [], trains: true, tested: null, trouble: '' });
      try {
        const facts = await client.ask('train', ask, (progress) =>
          shown.set({ training: [...shown.value.training, progress] }),
        );
        state.set({ network: facts.name });
        samplesFrom(null);
        adopt(facts);
        const { settings } = state.value;
        shown.set({ tested: await client.ask('accuracy', { pictures: null, settings }) });
      } catch (error) {
        trouble(error);
      }
      shown.set({ trains: false });
    },
    stop: () => void client.ask('stop', null),
    sample,
  };
}

/**
 * A neuron that is worth a look: from the middle of the first layer on, the one that fires nearest to every second step, half way up
 * its staircase.
 */
function tellingNeuron({ spikes, steps }: Answer): number {
  const [layer] = spikes;
  const neurons = (layer?.length ?? 0) / steps;
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let k = 0; k < neurons; k++) {
    const i = (k + Math.floor(neurons / 2)) % neurons;
    let count = 0;
    for (let t = 0; t < steps; t++) count += layer![t * neurons + i]!;
    const off = Math.abs(Math.abs(count) - steps / 2);
    if (off < least) [best, least] = [i, off];
  }
  return best;
}
