/**
 * @file The mean error of one neuron over all x in [-theta, theta] ("Mean error of one neuron" in THEORY.md). The tests use the
 * midpoints of 64 cells per quantum, on which means are exact and the mean square lacks 1/(12*64^2).
 */
import { neuronNamed } from '../../src/snn/neurons/index.ts';
import { example, same } from '../support/law.ts';
import { constant } from '../support/numbers.ts';
import { runNeuron } from '../support/run-neuron.ts';

const CELLS = 64;

for (const [kind, meanAbs, square] of [
  ['full', 1 / 2, 1 / 3],
  ['half', 1 / 4, 1 / 12],
] as const) {
  example(
    'mean',
    `${kind}: mean abs error ${meanAbs} quanta, mean square ${square.toFixed(4)}, dead zone`,
    () => {
      for (const steps of [1, 2, 4, 8, 16]) {
        // In units of theta/(2 * T * CELLS): a quantum is 2 * CELLS, theta is T quanta, x runs over odd numbers.
        const theta = 2 * steps * CELLS;
        let [abs, squares, spikes, points] = [0, 0, 0, 0];
        for (let x = 1 - theta; x < theta; x += 2) {
          const { count } = runNeuron(constant(x, steps), 0, theta, neuronNamed(kind).rule);
          const quanta = Math.abs(count - (steps * x) / theta);
          abs += quanta;
          squares += quanta * quanta;
          spikes += Math.abs(count);
          points++;
          const dead = Math.abs(x) * (kind === 'full' ? 1 : 2) < 2 * CELLS;
          same(Number(count === 0), Number(dead), `silence at x = ${x}/${theta}`);
        }
        same(abs / points, meanAbs, `mean abs error at T = ${steps}`);
        same(squares / points, square - 1 / (12 * CELLS * CELLS), `mean square at T = ${steps}`);
        same(spikes / points, kind === 'full' ? (steps - 1) / 2 : steps / 2, `mean spikes at T = ${steps}`);
      }
    },
  );
}
