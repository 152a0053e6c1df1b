/**
 * @file The list of networks: those beside the page, and whatever was dropped or trained last.
 */
import type { Controller } from '../controller.ts';
import { fetchNetwork, type Listed } from '../networks.ts';
import type { Shown } from '../state/shown.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { byId, element } from './element.ts';

export function createNetworks(
  controller: Controller,
  state: Store<State>,
  shown: Store<Shown>,
  networks: readonly Listed[],
): void {
  const select = byId<HTMLSelectElement>('network');
  const draw = (): void => {
    const { network } = state.value;
    const others = networks.some(({ name }) => name === network)
      ? []
      : [element('option', { value: network }, network)];
    select.replaceChildren(
      ...networks.map(({ name, bytes, accuracy }) =>
        element(
          'option',
          { value: name },
          `${name}: ${accuracy.toFixed(1)} %, ${(bytes / 1e6).toFixed(1)} MB`,
        ),
      ),
      ...others,
    );
    select.value = network;
  };
  select.addEventListener('change', async () => {
    const chosen = networks.find(({ name }) => name === select.value);
    if (!chosen) return;
    state.set({ network: chosen.name });
    await openListed(controller, shown, chosen);
  });
  state.watch(({ network }, before) => network !== before.network && draw());
  draw();
}

/** Fetches a network, with its progress on the page, and opens it. */
export async function openListed(
  controller: Controller,
  shown: Store<Shown>,
  { name, file, dataset, samples }: Listed,
): Promise<void> {
  try {
    const bytes = await fetchNetwork(file, (share) =>
      shown.set({ busy: `Loading ${name}: ${(100 * share).toFixed(0)} %` }),
    );
    shown.set({ busy: '' });
    controller.samplesFrom(samples ? dataset : null);
    await controller.open({ kind: 'file', name, bytes });
  } catch (error) {
    shown.set({ busy: '', trouble: error instanceof Error ? error.message : String(error) });
  }
}
