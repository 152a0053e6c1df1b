/** @file What an image costs at each density of spikes, and where products become cheaper than events. */
import { lineFigure } from '../../src/report/plot/line-figure.ts';
import type { Plotter } from '../../src/report/plot/load.ts';
import type { Figure } from '../../src/report/svg/figure.ts';
import type { EventFigures, Rate } from './suite.ts';

/** Milliseconds of an image of the converted VGG-16 on one thread. */
export function costFigure(plotter: Plotter, { rates, steps }: EventFigures): Figure {
  const oneThread = (name: string): Rate[] => rates.filter((rate) => rate.name === name && rate.lanes === 1);
  const point = ({ density, imagesPerSecond }: Rate) => ({
    ...{ x: density, y: 1000 / imagesPerSecond },
    says: `${(100 * density).toFixed(0)} %: ${(1000 / imagesPerSecond).toFixed(1)} ms`,
  });
  const events = oneThread('many images').map(point);
  const [product] = oneThread('many images, products');
  // a product costs the same whatever spikes
  const products = events.map(({ x }) => point({ ...product!, density: x }));
  return lineFigure(
    plotter,
    {
      id: 'cost-of-density',
      title: 'Milliseconds an image against the density of its spikes',
      caption: `Converted VGG-16, 3x32x32, T = ${steps}, random weights, one thread, 16 images at once; a product costs the same at every density and was measured at one.`,
    },
    { label: 'spikes of a neuron and step', scale: 'log10' },
    { label: 'milliseconds an image' },
    [
      { name: 'events', points: events },
      { name: 'products', points: products },
      { name: 'auto', points: oneThread('many images, auto').map(point), bold: true },
    ],
  );
}
