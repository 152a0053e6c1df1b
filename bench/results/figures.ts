/** @file The trade-off of a data set in two pictures: accuracy against T, and against energy. */
import { STEP_AXIS } from '../../src/report/plot/axis.ts';
import { type Line, lineFigure } from '../../src/report/plot/line-figure.ts';
import type { Plotter } from '../../src/report/plot/load.ts';
import type { Figure } from '../../src/report/svg/figure.ts';
import type { NetworkResult } from './measure.ts';
import { STEPS } from './simulations.ts';

/** Two figures for each data set, every network in every way that it was run. */
export function tradeOffs(plotter: Plotter, results: readonly NetworkResult[]): Figure[] {
  const sets = [...new Set(results.map(({ dataset }) => dataset))];
  return sets.flatMap((dataset) => {
    const own = results.filter((result) => result.dataset === dataset);
    const lines = (x: (snn: NetworkResult['snn'][string], T: number) => number): Line[] =>
      own.flatMap(({ name, snn }) =>
        Object.entries(snn).map(([way, run]) => ({
          name: `${name}: ${way}`,
          points: STEPS.filter((T) => run.accuracy[T] !== undefined).map((T) => ({
            x: x(run, T),
            y: run.accuracy[T]!,
            says: `${name}, ${way}, T = ${T}: ${run.accuracy[T]!.toFixed(2)} %, ${run.energyRatio[T]!.toFixed(2)} of the ANN's energy`,
          })),
        })),
      );
    const accuracy = { label: 'accuracy (%)' };
    const best = own.reduce((most, one) => (one.ann.accuracy > most.ann.accuracy ? one : most));
    const ann = { name: `ANN ${best.name}`, at: best.ann.accuracy, along: 'x' } as const;
    const images = `${best.images} test images`;
    const steps = {
      id: `${dataset}-steps`,
      title: `${dataset}: accuracy against T`,
      caption: `Spiking networks after T steps; the line across is the best ANN. ${images}; neuron full on fewer.`,
    };
    const energy = {
      id: `${dataset}-energy`,
      title: `${dataset}: accuracy against energy`,
      caption: `Arithmetic at 32 bits (Horowitz 2014), as a share of the ANN's own, which is 1; points from left to right are T = 1, 2, 4, ... ${images}.`,
    };
    const share = { label: 'energy SNN / ANN', scale: 'log10' } as const;
    return [
      lineFigure(
        plotter,
        steps,
        STEP_AXIS,
        accuracy,
        lines((_, T) => T),
        [ann],
      ),
      lineFigure(
        plotter,
        energy,
        share,
        accuracy,
        lines((run, T) => run.energyRatio[T]!),
        [{ name: 'energy of the ANN', at: 1, along: 'y' }],
      ),
    ];
  });
}
