/** @file Where the time of profiled runs went: a flame figure and a table for each. */
import { htmlTable, type Section } from '../html-page.ts';
import type { Plotter } from '../plot/load.ts';
import { timeFigure } from '../plot/time-figure.ts';
import { type ProfileResult, profileTable } from '../profile-table.ts';

/** @param id what the figures' ids begin with */
export function profileContent(
  plotter: Plotter,
  id: string,
  runs: readonly { readonly name: string; readonly profile?: ProfileResult }[],
): Section['content'] {
  return runs.flatMap(({ name, profile }, i) => {
    if (!profile) return [];
    const times = profileTable(profile);
    const text = {
      id: `${id}-${i + 1}`,
      title: `Where the time of ${name} went`,
      caption:
        'Directions above, their layers below, the kernels of each layer at the bottom; as wide as the time that they took.',
    };
    const figures = profile.seconds > 0 ? [timeFigure(plotter, text, profile)] : [];
    return [...figures, htmlTable(`Time by kernel, ${name}.`, times.columns, times.rows)];
  });
}
