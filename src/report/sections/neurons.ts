/**
 * @file What a neuron makes of its current: nothing measured, the same in every report.
 */
import type { Section } from '../html-page.ts';
import type { Plotter } from '../plot/load.ts';
import { activationFigure, responseFigure } from '../plot/staircases.ts';

export function neuronSection(plotter: Plotter): Section {
  return {
    title: 'Activations and neurons',
    content: [activationFigure(plotter), responseFigure(plotter, [1, 2, 4, 8])],
  };
}
