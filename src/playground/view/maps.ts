/**
 * @file Every layer as maps, one pixel for each neuron: blue where it sends a positive spike, orange where a negative one. The neuron
 * under the pointer, or chosen by arrow keys, is the one that is looked at.
 */
import type { NetworkFacts } from '../protocol.ts';
import type { Shown } from '../state/shown.ts';
import type { Shows, State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { colours, onColours, paint } from './colours.ts';
import { element, say } from './element.ts';
import { layOut, type Tiles } from './tiles.ts';

interface LayerView {
  readonly tiles: Tiles;
  readonly canvas: HTMLCanvasElement;
  readonly pixels: ImageData;
  readonly mark: HTMLElement;
  readonly caption: HTMLElement;
}

export function createMaps(root: HTMLElement, state: Store<State>, shown: Store<Shown>): void {
  let views: LayerView[] = [];
  const choices = [...document.querySelectorAll<HTMLInputElement>('input[name=shows]')];
  for (const choice of choices)
    choice.addEventListener('change', () => state.set({ shows: choice.value as Shows }));

  const build = (facts: NetworkFacts): void => {
    views = facts.layers.slice(0, -1).map((layer, l) => {
      const tiles = layOut(layer.shape);
      const canvas = element('canvas', {
        width: tiles.width,
        height: tiles.height,
        tabindex: 0,
        role: 'application',
        'aria-label': `Neurons of ${layer.name}, ${layer.shape.join(' by ')}: arrow keys choose one`,
      });
      const look = (index: number): void => {
        if (index >= 0) state.set({ layer: l, index });
      };
      const point = (event: PointerEvent): void => {
        const box = canvas.getBoundingClientRect();
        const x = Math.floor(((event.clientX - box.left) / box.width) * tiles.width);
        const y = Math.floor(((event.clientY - box.top) / box.height) * tiles.height);
        look(tiles.indexAt(x, y));
      };
      canvas.addEventListener('pointermove', point);
      canvas.addEventListener('pointerdown', point);
      canvas.addEventListener('keydown', (event) => {
        const move = tiles.moved(state.value.layer === l ? state.value.index : 0, event.key);
        if (move === null) return;
        event.preventDefault();
        look(move);
      });
      const mark = element('span', { class: 'mark' });
      const caption = element('figcaption');
      root.append(
        element('figure', { class: 'map' }, caption, element('div', { class: 'map-frame' }, canvas, mark)),
      );
      return { tiles, canvas, pixels: new ImageData(tiles.width, tiles.height), mark, caption };
    });
  };

  const draw = (): void => {
    const { answer, facts } = shown.value;
    if (!answer || !facts || views.length !== answer.spikes.length) return;
    const { step, shows } = state.value;
    const palette = colours();
    views.forEach((view, l) => {
      const { tiles, pixels, canvas, caption } = view;
      const spikes = answer.spikes[l]!;
      const neurons = facts.layers[l]!.neurons;
      const upTo = Math.min(step, answer.steps);
      let active = 0;
      for (let i = 0; i < neurons; i++) {
        let value = 0;
        if (shows === 'spikes') value = spikes[(upTo - 1) * neurons + i]!;
        else for (let t = 0; t < upTo; t++) value += spikes[t * neurons + i]! / upTo;
        if (value !== 0) active++;
        paint(pixels.data, 4 * tiles.pixelOf(i), value, palette);
      }
      canvas.getContext('2d')!.putImageData(pixels, 0, 0);
      const share = ((100 * active) / neurons).toFixed(0);
      say(
        caption,
        `${facts.layers[l]!.name}: ${neurons} neurons, ${share} % ${shows === 'spikes' ? 'spike' : 'have spiked'}`,
      );
    });
    markChosen();
  };

  const markChosen = (): void => {
    const { layer, index } = state.value;
    views.forEach(({ tiles, mark }, l) => {
      mark.hidden = l !== layer;
      if (l !== layer) return;
      const at = tiles.pixelOf(index);
      const [x, y] = [at % tiles.width, Math.floor(at / tiles.width)];
      const part = (value: number, of: number): string => `${(100 * value) / of}%`;
      mark.style.setProperty('left', part(x, tiles.width));
      mark.style.setProperty('top', part(y, tiles.height));
      mark.style.setProperty('width', part(1, tiles.width));
      mark.style.setProperty('height', part(1, tiles.height));
    });
  };

  onColours(draw);
  shown.watch(({ facts, answer }, before) => {
    if (facts && (facts !== before.facts || views.length === 0)) {
      root.replaceChildren();
      build(facts);
    }
    if (answer !== before.answer) draw();
  });
  state.watch((now, before) => {
    for (const choice of choices) choice.checked = choice.value === now.shows;
    if (now.step !== before.step || now.shows !== before.shows) draw();
    else if (now.layer !== before.layer || now.index !== before.index) markChosen();
  });
}
