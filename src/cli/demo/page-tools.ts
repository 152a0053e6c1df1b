/**
 * @file A page that is welcome but not the point: whether it can be drawn is found out before the long work, and the user is told then
 * how to get it.
 */
import { InputError } from '../../errors.ts';
import { loadPlot, type Plotter } from '../../report/plot/load.ts';

export interface PageTools {
  /** null where the packages that draw are missing. */
  readonly plotter: Plotter | null;
  /** What to do to get the page; empty where it can be drawn. */
  readonly words: string;
}

/** Looks for the packages that draw the page. */
export async function pageTools(load: () => Promise<Plotter> = loadPlot): Promise<PageTools> {
  try {
    return { plotter: await load(), words: '' };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { plotter: null, words: `No page will be written: ${error.message}.` };
  }
}
