/**
 * @file All that the page is told by whoever uses it, as plain data: a link holds it, and everything else follows from it.
 */
import type { Settings } from '../protocol.ts';

export type Shows = 'spikes' | 'counts';

export interface State {
  /** Name of a network of the list; one that was dropped or trained here is not in a link. */
  readonly network: string;
  readonly settings: Settings;
  /** [height, width, channels] in the network's size; empty: nothing is drawn yet. */
  readonly picture: Uint8Array;
  /** The step that is shown, 1..T. */
  readonly step: number;
  readonly playing: boolean;
  /** Steps a second. */
  readonly speed: number;
  readonly shows: Shows;
  /** The neuron that is looked at. */
  readonly layer: number;
  readonly index: number;
}

export const DEFAULT_SETTINGS: Settings = {
  steps: 8,
  neuron: null,
  thetaScale: 1,
  start: null,
  schedule: null,
  fault: { kind: 'none', layer: 0 },
};

export const DEFAULT_STATE: State = {
  network: 'strokes',
  settings: DEFAULT_SETTINGS,
  picture: new Uint8Array(0),
  step: DEFAULT_SETTINGS.steps,
  playing: false,
  speed: 4,
  shows: 'spikes',
  layer: 0,
  index: 0,
};

/** T at most, and the bounds of the other sliders. */
export const LIMITS = {
  steps: { least: 1, most: 64 },
  thetaScale: { least: 0.25, most: 4 },
  start: { least: -1, most: 1 },
} as const;
