/**
 * @file `report`: result files as one page to look at, and its figures as files.
 */
import { join } from 'node:path';
import { UsageError } from '../../errors.ts';
import { readBytes } from '../../io/files.ts';
import { writeAtomic } from '../../io/write-atomic.ts';
import { loadPlot } from '../../report/plot/load.ts';
import { report as reportOn } from '../../report/report-page.ts';
import { readRun } from '../../report/runs/read-run.ts';
import { runNames } from '../../report/runs/run-names.ts';
import { svgFile } from '../../report/svg/figure.ts';
import { text, textOr } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';

export const report: Command = defineCommand({
  name: 'report',
  summary: 'figures and tables of any runs as one HTML file',
  description:
    'Reads the results that train, advise, convert, simulate, verify, compare and sweep wrote with --json, in any mix, and writes one page ' +
    'that stands alone: each figure of a study against each option that varied, learning curves, accuracy against T and energy, spikes by layer, errors, the tables. The same files ' +
    'give the same bytes. Needs the packages @observablehq/plot and linkedom: npm i @observablehq/plot linkedom.',
  positionals: [{ name: 'RUN.json', help: 'results that --json FILE wrote', several: 'runs' }],
  options: {
    out: textOr('FILE', 'runs/report.html', 'the page'),
    svg: text('DIR', 'also write each figure as an SVG file of its own into this folder'),
  },
  examples: [
    { line: 'strelu report runs/mnist.json --out runs/mnist.html', says: 'a comparison' },
    { line: 'strelu report runs/neurons.json --out runs/neurons.html', says: 'a study, as sweep wrote it' },
    {
      line: 'strelu report runs/train.json runs/half.json runs/full.json --svg runs/figures',
      says: 'a training run and two simulations side by side; the figures also as SVG',
    },
  ],
  async run({ positionals, options, files, print }) {
    const { out, svg } = options;
    const twice = positionals.find((path, i) => positionals.indexOf(path) !== i);
    if (twice !== undefined) throw new UsageError(`report: ${twice} is given twice; give it once`);
    files.writes('--out', out);
    if (svg !== null) files.writesInto('--svg', svg);
    const names = runNames(positionals);
    const contents = await Promise.all(positionals.map(readBytes));
    const decoder = new TextDecoder();
    const runs = positionals.map((path, i) => readRun(decoder.decode(contents[i]!), path, names[i]!));
    const { html, figures } = reportOn(await loadPlot(), runs);
    const pictures = svg === null ? [] : figures.map((figure) => join(svg, `${figure.id}.svg`));
    for (const path of pictures) files.writes('--svg', path);
    await writeAtomic(out, html);
    for (const [i, path] of pictures.entries()) await writeAtomic(path, svgFile(figures[i]!));
    print(
      `${figures.length} figures of ${runs.length === 1 ? 'one run' : `${runs.length} runs`} in ${out}${svg === null ? '' : `, each also in ${svg}`}`,
    );
    return { exit: 0, result: { files: { page: out, figures: pictures } } };
  },
});
