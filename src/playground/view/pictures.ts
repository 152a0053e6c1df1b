/** @file Pictures that are not drawn: the test digits, one after the other, and a file of one's own. */
import type { Controller } from '../controller.ts';
import type { Shown } from '../state/shown.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { byId, say } from './element.ts';
import { drawPicture } from './picture.ts';
import { readPicture } from './read-picture.ts';

/** Test digits that can be asked for. */
const DIGITS = 200;

export function createPictures(controller: Controller, state: Store<State>, shown: Store<Shown>): void {
  let digit = 0;
  byId('sample').addEventListener('click', () => {
    digit = (digit + 1) % DIGITS;
    void controller.sample(digit);
  });
  const chooser = byId<HTMLInputElement>('picture');
  chooser.addEventListener('change', async () => {
    const [file] = chooser.files ?? [];
    const { facts } = shown.value;
    if (!file || !facts) return;
    try {
      const picture = await readPicture(file, facts);
      shown.set({ label: '', trouble: '' });
      state.set({ picture });
    } catch (error) {
      shown.set({ trouble: error instanceof Error ? error.message : String(error) });
    }
    chooser.value = '';
  });
  const seen = byId<HTMLCanvasElement>('seen');
  const context = seen.getContext('2d')!;
  const draw = (): void => {
    context.clearRect(0, 0, seen.width, seen.height);
    drawPicture(context, state.value.picture, shown.value.facts, seen.width);
  };
  state.watch(({ picture }, before) => picture !== before.picture && draw());
  shown.watch(({ label, facts }, before) => {
    if (facts !== before.facts) draw();
    say(byId('label-says'), label && `A test picture: ${label}.`);
  });
}
