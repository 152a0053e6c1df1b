/**
 * @file Why the laws are tested on integers and dyadic numbers: the same neurons on tenths and on the grid points k/T, where
 * floating point rounds, with the number of points that they miscount ("Floating point" in THEORY.md).
 */
import { full } from '../../src/snn/neurons/full.ts';
import { neuronNamed } from '../../src/snn/neurons/index.ts';
import { step } from '../../src/snn/step.ts';
import { example, same } from '../support/law.ts';

function miscounts(kind: 'full' | 'half', round: (x: number) => number): number {
  let wrong = 0;
  for (let steps = 1; steps <= 64; steps++)
    for (let k = 0; k <= steps; k++) {
      let [v, count] = [0, 0];
      for (let t = 0; t < steps; t++) {
        const fired = step(round(v + round(k / steps)), 0, 1, neuronNamed(kind).rule);
        v = round(fired.v);
        count += fired.s;
      }
      if (count !== k) wrong++;
    }
  return wrong;
}

const double = (x: number): number => x;

example(
  'float',
  'ten times 0.1 is below 1; at the 2144 points k/T full miscounts 911 (f64), 729 (f32), half none',
  () => {
    let [v, count] = [0, 0];
    for (let t = 0; t < 10; t++) {
      const fired = step(v, 0.1, 1, full.rule);
      [v, count] = [fired.v, count + fired.s];
    }
    same(count, 0, 'spikes of ten times 0.1');
    same(miscounts('full', double), 911, 'full, doubles');
    same(miscounts('full', Math.fround), 729, 'full, float32');
    same(miscounts('half', double), 0, 'half, doubles');
    same(miscounts('half', Math.fround), 0, 'half, float32');
  },
);
