/**
 * @file Writes the page of the demonstration. Without the optional packages that draw it, the user is told how to get it.
 */
import { InputError } from '../../errors.ts';
import { writeAtomic } from '../../io/write-atomic.ts';
import { loadPlot, type Plotter } from '../../report/plot/load.ts';

/**
 * @param page the HTML text, drawn when the packages are there
 * @returns whether it was written, and a line about it
 */
export async function writePage(
  path: string,
  page: (plotter: Plotter) => string,
  load: () => Promise<Plotter> = loadPlot,
): Promise<{ readonly written: boolean; readonly words: string }> {
  let plotter: Plotter;
  try {
    plotter = await load();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { written: false, words: `No page: ${error.message}, then run this again.` };
  }
  await writeAtomic(path, page(plotter));
  return { written: true, words: `Open ${path} to see it.` };
}
