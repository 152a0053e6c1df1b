/**
 * @file The state in the address after the #, so that a link holds it: readable where it can be, the picture as base64. A link from
 * elsewhere is not believed: what is out of its bounds is left at its default.
 */
import { NEURONS } from '../../snn/neurons/index.ts';
import type { Schedule } from '../../snn/simulation.ts';
import type { FaultKind, Settings } from '../protocol.ts';
import { DEFAULT_STATE, LIMITS, type State } from './state.ts';

const SCHEDULES: readonly Schedule[] = ['streaming', 'layered', 'settling'];
const FAULTS: readonly FaultKind[] = ['none', 'weight', 'bias', 'threshold', 'reset', 'firing'];
/** More bytes than any picture of the page has. */
const MOST_BYTES = 2 ** 16;

export function linkOf({ network, settings, picture, step, shows, layer, index }: State): string {
  const { steps, neuron, thetaScale, start, schedule, fault } = settings;
  const words = new URLSearchParams({ network, T: String(steps), step: String(step) });
  if (neuron) words.set('neuron', neuron);
  if (thetaScale !== 1) words.set('theta', String(thetaScale));
  if (start !== null) words.set('v0', String(start));
  if (schedule) words.set('schedule', schedule);
  if (fault.kind !== 'none') words.set('break', `${fault.kind}.${fault.layer}`);
  if (shows !== DEFAULT_STATE.shows) words.set('shows', shows);
  if (layer + index > 0) words.set('look', `${layer}.${index}`);
  if (picture.length > 0) words.set('picture', toBase64(picture));
  return `#${words}`;
}

export function stateOf(link: string): State {
  const words = new URLSearchParams(link.replace(/^#/, ''));
  const settings: Settings = {
    steps: Math.round(numberWithin(words.get('T'), LIMITS.steps) ?? DEFAULT_STATE.settings.steps),
    neuron: oneOf(
      words.get('neuron'),
      NEURONS.map(({ name }) => name),
    ),
    thetaScale: numberWithin(words.get('theta'), LIMITS.thetaScale) ?? 1,
    start: numberWithin(words.get('v0'), LIMITS.start),
    schedule: oneOf(words.get('schedule'), SCHEDULES),
    fault: faultOf(words.get('break')),
  };
  const [layer = 0, index = 0] = wholeNumbers(words.get('look'));
  const step = numberWithin(words.get('step'), { least: 1, most: settings.steps });
  return {
    ...DEFAULT_STATE,
    network: /^[\w-]{1,64}$/.test(words.get('network') ?? '') ? words.get('network')! : DEFAULT_STATE.network,
    settings,
    picture: fromBase64(words.get('picture')),
    step: Math.round(step ?? settings.steps),
    shows: oneOf(words.get('shows'), ['spikes', 'counts'] as const) ?? DEFAULT_STATE.shows,
    layer,
    index,
  };
}

function numberWithin(
  text: string | null,
  { least, most }: { readonly least: number; readonly most: number },
): number | null {
  const value = Number(text ?? Number.NaN);
  return value >= least && value <= most ? value : null;
}

function oneOf<T extends string>(text: string | null, known: readonly T[]): T | null {
  return known.find((one) => one === text) ?? null;
}

function wholeNumbers(text: string | null): number[] {
  return /^\d{1,6}(\.\d{1,6})?$/.test(text ?? '') ? text!.split('.').map(Number) : [];
}

function faultOf(text: string | null): Settings['fault'] {
  const [kind, layer] = (text ?? '').split('.');
  const known = oneOf(kind ?? null, FAULTS);
  return known ? { kind: known, layer: wholeNumbers(layer ?? null)[0] ?? 0 } : DEFAULT_STATE.settings.fault;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string | null): Uint8Array {
  try {
    const bytes = Uint8Array.from(atob(text ?? ''), (letter) => letter.charCodeAt(0));
    return bytes.length <= MOST_BYTES ? bytes : new Uint8Array(0);
  } catch {
    return new Uint8Array(0);
  }
}
