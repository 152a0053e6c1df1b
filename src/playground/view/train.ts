/**
 * @file Training in the page: loss and accuracy as they come, an end at any time.
 */
import type { Controller } from '../controller.ts';
import type { TrainProgress } from '../protocol.ts';
import type { Shown } from '../state/shown.ts';
import type { Store } from '../state/store.ts';
import { byId, say } from './element.ts';

/** The longest training. */
const SECONDS = 60;
/** The curve is drawn no more often than this. */
const REDRAW_MS = 200;

export function createTraining(controller: Controller, shown: Store<Shown>): void {
  const [begin, stop] = ['train-begin', 'train-stop'].map((id) => byId<HTMLButtonElement>(id)) as [
    HTMLButtonElement,
    HTMLButtonElement,
  ];
  begin.addEventListener('click', () => void controller.train({ seconds: SECONDS, seed: 1 }));
  stop.addEventListener('click', () => controller.stop());
  let drawn = 0;
  shown.watch(({ training, trains }, before) => {
    if (trains !== before.trains) {
      begin.disabled = trains;
      stop.disabled = !trains;
    }
    if (training === before.training && trains === before.trains) return;
    const last = training.at(-1);
    if (!last) return;
    say(byId('train-says'), sentence(training, trains));
    const now = performance.now();
    if (now - drawn < REDRAW_MS && trains) return;
    drawn = now;
    void import('./train-plot.ts').then(({ trainPlot }) =>
      byId('train-curve').replaceChildren(trainPlot(training)),
    );
  });
}

function sentence(training: readonly TrainProgress[], trains: boolean): string {
  const { step, totalSteps, loss, seconds } = training.at(-1)!;
  const tested = training.findLast(({ testAccuracy }) => testAccuracy !== null)?.testAccuracy;
  const now = `Step ${step} of ${totalSteps}, ${seconds.toFixed(1)} s: loss ${loss.toFixed(3)}${
    tested === undefined || tested === null ? '' : `, ${tested.toFixed(1)} % of test digits right`
  }.`;
  return trains ? now : `${now} Converted: the spiking network above is now the one you trained.`;
}
