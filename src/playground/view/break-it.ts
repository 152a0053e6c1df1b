/**
 * @file Breaking the network on purpose: the page names the law that notices, and the layer where the answer goes another way.
 */
import type { FaultKind } from '../protocol.ts';
import type { Shown } from '../state/shown.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { byId, element, say } from './element.ts';

/** Those that change every neuron have no layer. */
const EVERYWHERE: readonly FaultKind[] = ['none', 'reset', 'firing'];

export function createBreakIt(state: Store<State>, shown: Store<Shown>): void {
  const layer = byId<HTMLSelectElement>('fault-layer');
  const kinds = [...document.querySelectorAll<HTMLInputElement>('input[name=fault]')];
  const change = (): void => {
    const kind = (kinds.find(({ checked }) => checked)?.value ?? 'none') as FaultKind;
    state.set({ settings: { ...state.value.settings, fault: { kind, layer: Number(layer.value) || 0 } } });
  };
  for (const one of [...kinds, layer]) one.addEventListener('change', change);

  state.watch(({ settings: { fault } }, before) => {
    if (fault === before.settings.fault && layer.value !== '') return;
    for (const one of kinds) one.checked = one.value === fault.kind;
    layer.value = String(fault.layer);
    layer.disabled = EVERYWHERE.includes(fault.kind);
  });
  shown.watch(({ facts, checked }, before) => {
    if (facts && facts !== before.facts) {
      layer.replaceChildren(...facts.layers.map(({ name }, l) => element('option', { value: l }, name)));
      layer.value = String(state.value.settings.fault.layer);
    }
    if (checked !== before.checked) say(byId('fault-says'), sentence(shown.value));
  });
}

function sentence({ facts, checked }: Shown): string {
  if (!facts || !checked) return '';
  const { breakage, laws } = checked;
  if (!breakage) return 'Nothing is broken. Choose something above.';
  const noticed = laws.filter(({ holds }) => !holds);
  const names = noticed.map(({ id, layer }) => `${id} in ${layer}`).join(', ');
  const { firstLayer, differing, neurons, before, after } = breakage;
  const where =
    firstLayer === null
      ? 'Not one spike of this picture differs.'
      : differing === 0
        ? `All spikes are the same; the sums of ${firstLayer} differ.`
        : `The answer goes another way in ${firstLayer}: ${differing} of its ${neurons} counts differ.`;
  const [was, is] = [before, after].map((c) => facts.classNames[c]!);
  return [
    breakage.done,
    noticed.length > 0 ? `It breaks ${names}.` : 'No law notices it on this picture.',
    where,
    was === is ? `The answer is still ${is}.` : `The answer was ${was} and is now ${is}.`,
  ].join(' ');
}
