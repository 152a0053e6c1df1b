/**
 * @file The sliders: T, neuron, thresholds, start, schedule.
 */
import { NEURONS } from '../../snn/neurons/index.ts';
import type { Schedule } from '../../snn/simulation.ts';
import type { Settings } from '../protocol.ts';
import type { Shown } from '../state/shown.ts';
import { DEFAULT_SETTINGS, type State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { byId, element, say } from './element.ts';

export function createSettings(state: Store<State>, shown: Store<Shown>): void {
  const [steps, theta, start] = ['steps', 'theta', 'start'].map((id) => byId<HTMLInputElement>(id)) as [
    HTMLInputElement,
    HTMLInputElement,
    HTMLInputElement,
  ];
  const [neuron, schedule] = ['neuron', 'schedule'].map((id) => byId<HTMLSelectElement>(id)) as [
    HTMLSelectElement,
    HTMLSelectElement,
  ];
  neuron.replaceChildren(...NEURONS.map(({ name }) => element('option', { value: name }, name)));
  const change = (part: Partial<Settings>): void => {
    const { settings, step } = state.value;
    const next = { ...settings, ...part };
    // Whoever looks at the end keeps looking at the end.
    const atEnd = step >= settings.steps;
    state.set({ settings: next, step: atEnd ? next.steps : Math.min(step, next.steps) });
  };
  steps.addEventListener('input', () => change({ steps: Number(steps.value) }));
  theta.addEventListener('input', () => change({ thetaScale: 2 ** Number(theta.value) }));
  start.addEventListener('input', () => change({ start: Number(start.value) }));
  schedule.addEventListener('change', () =>
    change({ schedule: (schedule.value || null) as Schedule | null }),
  );
  neuron.addEventListener('change', () => {
    const { settling } = NEURONS.find(({ name }) => name === neuron.value)!;
    const unfit = state.value.settings.schedule === 'settling' && !settling;
    change({ neuron: neuron.value, start: null, ...(unfit && { schedule: null }) });
  });
  byId('as-trained').addEventListener('click', () =>
    change({ ...DEFAULT_SETTINGS, fault: state.value.settings.fault }),
  );

  const draw = (): void => {
    const { settings } = state.value;
    const { facts, answer } = shown.value;
    steps.value = String(settings.steps);
    theta.value = String(Math.log2(settings.thetaScale));
    start.value = String(settings.start ?? answer?.start ?? 0);
    schedule.value = settings.schedule ?? '';
    const chosen = settings.neuron ?? facts?.neuron ?? 'half';
    neuron.value = chosen;
    const page = NEURONS.find(({ name }) => name === chosen);
    for (const option of schedule.options) option.disabled = option.value === 'settling' && !page?.settling;
    say(byId('steps-says'), String(settings.steps));
    say(byId('theta-says'), `× ${settings.thetaScale.toFixed(2)}`);
    say(byId('start-says'), `${Number(start.value).toFixed(2)} θ`);
    say(byId('neuron-says'), page ? inSigns(`${page.name} ${page.says}.`) : '');
    const unfit = answer && !answer.fits;
    say(
      byId('fits-says'),
      unfit
        ? 'It stands for another activation than this network learned: its answer may differ for good.'
        : '',
    );
  };
  state.watch((now, before) => (now === before || now.settings !== before.settings) && draw());
  shown.watch(({ facts, answer }, before) => (facts !== before.facts || answer !== before.answer) && draw());
}

/** A neuron's phrase as the page writes it. */
function inSigns(text: string): string {
  return text.replaceAll('+-', '±').replaceAll('theta', 'θ');
}
