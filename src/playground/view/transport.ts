/**
 * @file Through time: play, pause, one step on or back, and the class that the spiking network names after every step.
 */

import { argmax } from '../../nn/argmax.ts';
import type { Shown } from '../state/shown.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { byId, element, say } from './element.ts';

export function createTransport(state: Store<State>, shown: Store<Shown>): void {
  const [play, back, on] = ['play', 'step-back', 'step-on'].map((id) => byId<HTMLButtonElement>(id)) as [
    HTMLButtonElement,
    HTMLButtonElement,
    HTMLButtonElement,
  ];
  const slider = byId<HTMLInputElement>('step');
  const speed = byId<HTMLSelectElement>('speed');
  const line = byId('timeline');
  const place = byId('step-says');

  const go = (step: number): void => {
    const { steps } = state.value.settings;
    state.set({ step: Math.min(steps, Math.max(1, step)) });
  };
  play.addEventListener('click', () => {
    const { playing, step, settings } = state.value;
    if (!playing && step >= settings.steps) go(1);
    state.set({ playing: !playing });
  });
  const stopAt = (step: number): void => {
    state.set({ playing: false });
    go(step);
  };
  back.addEventListener('click', () => stopAt(state.value.step - 1));
  on.addEventListener('click', () => stopAt(state.value.step + 1));
  slider.addEventListener('input', () => stopAt(Number(slider.value)));
  speed.addEventListener('change', () => state.set({ speed: Number(speed.value) }));

  let since = 0;
  const tick = (now: number): void => {
    const { playing, step, settings, speed: rate } = state.value;
    if (!playing) return;
    if (now - since >= 1000 / rate) {
      since = now;
      go(step + 1);
      if (step + 1 >= settings.steps) state.set({ playing: false });
    }
    requestAnimationFrame(tick);
  };

  const drawLine = (): void => {
    const { answer, facts } = shown.value;
    const classes = facts?.classNames.length ?? 0;
    const ann = answer && answer.ann.length > 0 ? argmax(answer.ann) : -1;
    line.replaceChildren(
      ...Array.from({ length: answer?.steps ?? 0 }, (_, t) => {
        const found = argmax(answer!.logits, t * classes, classes);
        const kind = ann < 0 ? 'unknown' : found === ann ? 'same' : 'other';
        const name = facts!.classNames[found]!;
        return element(
          'span',
          { class: `cell ${kind}`, click: () => stopAt(t + 1) },
          name.length > 2 ? name.slice(0, 2) : name,
        );
      }),
    );
    mark();
  };
  const mark = (): void => {
    const { step, settings, playing } = state.value;
    slider.max = String(settings.steps);
    slider.value = String(step);
    say(place, `after step ${step} of ${settings.steps}`);
    say(play, playing ? 'Pause' : 'Play');
    line.querySelector('.now')?.classList.remove('now');
    line.children[step - 1]?.classList.add('now');
  };

  shown.watch(({ answer }, before) => answer !== before.answer && drawLine());
  state.watch((now, before) => {
    if (now.playing && !before.playing) {
      since = performance.now();
      requestAnimationFrame(tick);
    }
    mark();
  });
}
