/**
 * @file Observable Plot and a DOM for it to draw in: optional packages, loaded when the first figure is drawn.
 */
import { InputError } from '../../errors.ts';
import { importOptional, installWords } from '../../platform/optional-package.ts';
import type { Figure, FigureText } from '../svg/figure.ts';
import { childrenText, type DomNode } from '../svg/serialise.ts';

export type PlotModule = typeof import('@observablehq/plot');
type DrawingOptions = import('@observablehq/plot').PlotOptions & {
  readonly width: number;
  readonly height: number;
};

/** The marks of Observable Plot, and the way to a figure. */
export interface Plotter {
  readonly marks: PlotModule;
  draw(text: FigureText, options: DrawingOptions): Figure;
}

/** The two packages; a test may hand in others. */
export interface Peers {
  plot(): Promise<PlotModule>;
  dom(): Promise<{ parseHTML(html: string): { readonly document: unknown } }>;
}

const INSTALLED: Peers = {
  plot: () => importOptional('@observablehq/plot', () => import('@observablehq/plot')),
  dom: () => importOptional('linkedom', () => import('linkedom')),
};

/** @throws InputError when the packages are not installed */
export async function loadPlot(peers: Peers = INSTALLED): Promise<Plotter> {
  const [marks, { parseHTML }] = await Promise.all([peers.plot(), peers.dom()]).catch((cause: unknown) => {
    throw new InputError(
      `figures need the packages @observablehq/plot and linkedom, which could not be loaded; ${installWords('report', '@observablehq/plot', 'linkedom')}`,
      { cause },
    );
  });
  const document = parseHTML('<!doctype html><html></html>').document as Document;
  return {
    marks,
    draw(text, options) {
      const { width, height } = options;
      const drawn = marks.plot({ ...options, document }) as unknown as DomNode;
      return { ...text, width, height, content: childrenText(drawn) };
    },
  };
}
