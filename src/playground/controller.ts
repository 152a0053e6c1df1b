/**
 * @file From the state to what is shown: whenever something that the worker must compute has changed, it is asked, and of what
 * comes too fast only the newest. The laws and the neuron follow the answer, which never waits for them.
 */
import { mapSize } from '../nn/architecture.ts';
import type { Client } from './client.ts';
import { latest } from './latest.ts';
import type { LayerFacts, NetworkFacts, Opened, TrainRequest } from './protocol.ts';
import type { Shown } from './state/shown.ts';
import type { State } from './state/state.ts';
import type { Store } from './state/store.ts';

export interface Controller {
  /** Opens a network and runs the picture through it. */
  open(ask: Opened): Promise<void>;
  train(ask: TrainRequest): Promise<void>;
  stop(): void;
  /** A test digit, drawn by the program. */
  sample(index: number): Promise<void>;
  readonly client: Client;
}

/** How long nothing must have changed before the laws are checked. */
const REST_MS = 120;

export function createController(client: Client, state: Store<State>, shown: Store<Shown>): Controller {
  const trouble = (error: unknown): void =>
    shown.set({ trouble: error instanceof Error ? error.message : String(error) });
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

  const adopt = (facts: NetworkFacts): void => {
    shown.set({ facts, answer: null, checked: null, probe: null, trouble: '' });
    const { layer, index, settings } = state.value;
    const spiking = facts.layers.slice(0, -1);
    const chosen = layer + index > 0 && spiking[layer];
    const kept = chosen && index < chosen.neurons;
    if (!kept) state.set(middleOf(spiking));
    if (settings.fault.layer >= facts.layers.length)
      state.set({ settings: { ...settings, fault: { kind: 'none', layer: 0 } } });
    run(undefined);
  };
  return {
    client,
    open: (ask) => client.ask('open', ask).then(adopt, trouble),
    async train(ask) {
      shown.set({ training: [], trains: true, trouble: '' });
      try {
        const facts = await client.ask('train', ask, (progress) =>
          shown.set({ training: [...shown.value.training, progress] }),
        );
        state.set({ network: facts.name });
        adopt(facts);
      } catch (error) {
        trouble(error);
      }
      shown.set({ trains: false });
    },
    stop: () => void client.ask('stop', null),
    async sample(index) {
      const { picture, label } = await client.ask('sample', { index });
      shown.set({ label });
      state.set({ picture });
    },
  };
}

/** A neuron in the middle of the first map: there is ink. */
function middleOf([first]: readonly LayerFacts[]): { readonly layer: number; readonly index: number } {
  if (!first) return { layer: 0, index: 0 };
  const [height, width, channels] = first.shape;
  return { layer: 0, index: (Math.floor(height / 2) * width + Math.floor(width / 2)) * channels };
}
