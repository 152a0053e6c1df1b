/**
 * @file Training in the page: loss and accuracy as they come, an end at any time.
 */
import * as Plot from '@observablehq/plot';
import type { Controller } from '../controller.ts';
import type { TrainProgress } from '../protocol.ts';
import type { Shown } from '../state/shown.ts';
import type { Store } from '../state/store.ts';
import { byId, say } from './element.ts';
import { namedPlot } from './plot.ts';

/** The longest training. */
const SECONDS = 60;
/** Points of a curve that are drawn; between them it is drawn no more often than this. */
const POINTS = 200;
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
    byId('train-curve').replaceChildren(curve(training));
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

function curve(training: readonly TrainProgress[]): Element {
  const every = Math.ceil(training.length / POINTS);
  const points = training.filter((_, i) => i % every === 0);
  return namedPlot('Accuracy on training digits and on test digits over the steps of the training', {
    width: 420,
    height: 200,
    marginLeft: 44,
    x: { label: 'step', domain: [0, training[0]!.totalSteps] },
    y: { label: '% right', domain: [0, 100] },
    marks: [
      Plot.lineY(points, { x: 'step', y: 'trainAccuracy', className: 'curve activation' }),
      Plot.lineY(
        training.filter(({ testAccuracy }) => testAccuracy !== null),
        { x: 'step', y: 'testAccuracy', className: 'curve staircase', marker: 'dot' },
      ),
    ],
  });
}
