/** @file A study: each figure against each option that varied, with intervals over repetitions; the table; what failed. */
import { htmlTable, paragraph, type Section } from '../html-page.ts';
import type { Axis } from '../plot/axis.ts';
import { type Line, lineFigure } from '../plot/line-figure.ts';
import type { Plotter } from '../plot/load.ts';
import type { SweepRun } from '../runs/run.ts';
import type { StudyTable } from '../runs/study-reader.ts';
import { figureText, settingText } from '../study-text.ts';
import type { Figure } from '../svg/figure.ts';
import { portions } from './portions.ts';

/** More figures than this are left to the table. */
const MOST_FIGURES = 24;
/** Rows of a table on the page. */
const MOST_ROWS = 200;

export function studySections(plotter: Plotter, id: string, { sweep }: SweepRun): Section[] {
  const lost = sweep.jobs.filter(({ state }) => state !== 'done');
  const left = (title: string) => ({ title, align: 'left' }) as const;
  const sections = sweep.tables.map((table, t): Section => {
    const figures = studyFigures(plotter, `${id}-${t + 1}`, table);
    const cut = [
      ...(figures.length > MOST_FIGURES
        ? [`${figures.length - MOST_FIGURES} more figures are left out.`]
        : []),
      ...(table.rows.length > MOST_ROWS
        ? [`The table shows ${MOST_ROWS} of ${table.rows.length} rows.`]
        : []),
    ];
    return {
      title: `Study ${sweep.study}, ${table.stage}`,
      content: [
        paragraph(
          `Means over repetitions; bars and +- are half of the mean's 95 % interval (Student). ${cut.join(' ')}`.trim(),
        ),
        ...figures.slice(0, MOST_FIGURES),
        htmlTable(
          `${table.stage}: a row for each setting.`,
          [...table.varied.map(left), ...table.metrics.map((title) => ({ title, align: 'right' }) as const)],
          table.rows
            .slice(0, MOST_ROWS)
            .map(({ setting, figures: found }) => [
              ...table.varied.map((name) => String(setting[name] ?? '-')),
              ...table.metrics.map((name) => (found[name] ? figureText(found[name]) : '-')),
            ]),
        ),
      ],
    };
  });
  if (lost.length === 0) return sections;
  const rows = lost.map(({ stage, setting, state, error }) => [
    stage,
    settingText(setting),
    state,
    error ?? '-',
  ]);
  const failed = htmlTable('Jobs without a result.', ['stage', 'setting', 'state', 'why'].map(left), rows);
  return [...sections, { title: `Study ${sweep.study}, what is missing`, content: [failed] }];
}

/** One for each figure of the table and each option; where there are more lines than can be told apart, several. */
function studyFigures(plotter: Plotter, id: string, table: StudyTable): Figure[] {
  const { stage, varied, metrics, rows } = table;
  return metrics.flatMap((metric, m) =>
    varied.flatMap((option, o) => {
      const found = rows.filter(({ setting, figures }) => option in setting && metric in figures);
      const values = [...new Set(found.map(({ setting }) => setting[option]!))];
      if (values.length < 2) return [];
      const x = axisOf(option, values);
      return portions(linesOf(table, option, metric, x)).map((lines, i) =>
        lineFigure(
          plotter,
          {
            id: `${id}-${m + 1}-${o + 1}-${i + 1}`,
            title: `${metric} against ${option}`,
            caption: `Stage ${stage}: the mean of ${metric} at each ${option}, with 95 % intervals; a line for each setting of the other options.`,
          },
          x,
          { label: metric },
          lines,
        ),
      );
    }),
  );
}

/** Numbers are numbers where all are; over two powers of ten the axis is logarithmic. */
function axisOf(option: string, values: readonly (string | number | boolean)[]): Axis {
  if (!values.every((value) => typeof value === 'number'))
    return { label: option, scale: 'names', names: values.map(String) };
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return { label: option, scale: least > 0 && most / least >= 100 ? 'log10' : 'linear' };
}

function linesOf({ varied, rows }: StudyTable, option: string, metric: string, x: Axis): Line[] {
  const others = varied.filter((name) => name !== option);
  const lines = new Map<string, Line & { readonly points: Line['points'][number][] }>();
  for (const { setting, figures } of rows) {
    const [at, figure] = [setting[option], figures[metric]];
    if (at === undefined || !figure) continue;
    const name = settingText(
      Object.fromEntries(others.flatMap((one) => (one in setting ? [[one, setting[one]!]] : []))),
    );
    const line = lines.get(name) ?? { name, points: [] };
    const { mean, reach } = figure;
    line.points.push({
      x: x.scale === 'names' ? String(at) : Number(at),
      y: mean,
      ...(reach !== null && { reach }),
      says: `${name}, ${option} ${at}: ${figureText(figure)}`,
    });
    lines.set(name, line);
  }
  const all = [...lines.values()];
  // drawn at random, no two settings share the others: points without lines
  if (all.length > 1 && all.every(({ points }) => points.length === 1))
    return [{ name: 'each setting', points: all.flatMap(({ points }) => points), joined: false }];
  for (const { points } of all) if (x.scale !== 'names') points.sort((a, b) => Number(a.x) - Number(b.x));
  return all;
}
