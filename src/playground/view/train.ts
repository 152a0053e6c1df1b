/**
 * @file Training in the page: loss and accuracy as they come, an end at any time.
 */
import type { Controller } from '../controller.ts';
import type { Accuracy, TrainProgress } from '../protocol.ts';
import type { Shown } from '../state/shown.ts';
import type { Store } from '../state/store.ts';
import { byId, say } from './element.ts';

/** The longest training. */
const SECONDS = 60;
/** The curve is drawn no more often than this. */
const REDRAW_MS = 200;

/** @param seedOf the seed that is asked for */
export function createTraining(controller: Controller, shown: Store<Shown>, seedOf: () => number): void {
  const [begin, stop] = ['train-begin', 'train-stop'].map((id) => byId<HTMLButtonElement>(id)) as [
    HTMLButtonElement,
    HTMLButtonElement,
  ];
  begin.addEventListener('click', () => void controller.train({ seconds: SECONDS, seed: seedOf() }));
  stop.addEventListener('click', () => controller.stop());
  let drawn = 0;
  shown.watch(({ training, trains, gathers, tested }, before) => {
    begin.disabled = trains || gathers;
    stop.disabled = !trains;
    if (training === before.training && trains === before.trains && tested === before.tested) return;
    const last = training.at(-1);
    if (!last) return;
    say(byId('train-says'), sentence(training, trains, tested));
    const now = performance.now();
    if (now - drawn < REDRAW_MS && trains) return;
    drawn = now;
    void import('./train-plot.ts').then(({ trainPlot }) =>
      byId('train-curve').replaceChildren(trainPlot(training)),
    );
  });
}

function sentence(training: readonly TrainProgress[], trains: boolean, tested: Accuracy | null): string {
  const { step, totalSteps, loss, seconds } = training.at(-1)!;
  const measured = training.findLast(({ testAccuracy }) => testAccuracy !== null)?.testAccuracy;
  const now = `Step ${step} of ${totalSteps}, ${seconds.toFixed(1)} s: loss ${loss.toFixed(3)}${
    measured === undefined || measured === null ? '' : `, ${measured.toFixed(1)} % of test pictures right`
  }.`;
  if (trains && !tested) return now;
  const came = tested
    ? ` On ${tested.images} test pictures the ANN has ${tested.ann!.toFixed(1)} % right, the spiking network ${tested.snn.at(-1)!.toFixed(1)} % after ${tested.snn.length} steps.`
    : '';
  return `${now} Converted: the spiking network above is now the one you trained.${came}`;
}
