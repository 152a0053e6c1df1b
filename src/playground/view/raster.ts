/**
 * @file The raster: time from left to right, neurons from top to bottom, layer below layer; blue for a positive spike, orange for a
 * negative one. Of a large layer some neurons are shown, evenly spread.
 */
import type { Shown } from '../state/shown.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { colours, onColours, paint } from './colours.ts';
import { byId, element, say } from './element.ts';

/** Neurons shown of each layer, at most. */
const ROWS = 40;

export function createRaster(root: HTMLElement, state: Store<State>, shown: Store<Shown>): void {
  let bands: { readonly canvas: HTMLCanvasElement; readonly now: HTMLElement }[] = [];

  const draw = (): void => {
    const { answer, facts } = shown.value;
    if (!answer || !facts) return;
    const palette = colours();
    bands = answer.spikes.map((spikes, l) => {
      const { name, neurons } = facts.layers[l]!;
      const rows = Math.min(ROWS, neurons);
      const pixels = new ImageData(answer.steps, rows);
      for (let row = 0; row < rows; row++) {
        const i = Math.floor((row * neurons) / rows);
        for (let t = 0; t < answer.steps; t++)
          paint(pixels.data, 4 * (row * answer.steps + t), spikes[t * neurons + i]!, palette);
      }
      const canvas = element('canvas', {
        width: answer.steps,
        height: rows,
        role: 'img',
        'aria-label': `Spikes of ${rows} neurons of ${name} over ${answer.steps} steps`,
      });
      canvas.getContext('2d')!.putImageData(pixels, 0, 0);
      return { canvas, now: element('span', { class: 'now-line' }) };
    });
    root.replaceChildren(
      ...bands.map(({ canvas, now }, l) =>
        element(
          'div',
          { class: 'band' },
          element('span', { class: 'band-name' }, facts.layers[l]!.name),
          element('div', { class: 'band-frame' }, canvas, now),
        ),
      ),
    );
    const large = facts.layers.slice(0, -1).some(({ neurons }) => neurons > ROWS);
    say(
      byId('raster-note'),
      large ? `Of layers with more than ${ROWS} neurons, ${ROWS} are shown, evenly spread.` : '',
    );
    mark();
  };
  const mark = (): void => {
    const steps = shown.value.answer?.steps ?? 1;
    for (const { now } of bands)
      now.style.setProperty('left', `${(100 * Math.min(state.value.step, steps)) / steps}%`);
  };
  onColours(draw);
  shown.watch(({ answer }, before) => answer !== before.answer && draw());
  state.watch(({ step }, before) => step !== before.step && mark());
}
