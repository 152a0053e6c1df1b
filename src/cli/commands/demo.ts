/**
 * @file `demo`: the main job from nothing to a page to look at: draw, train, convert, simulate, verify, report.
 */
import { join } from 'node:path';
import { conversionTable } from '../../convert/conversion-table.ts';
import { saveModel } from '../../io/model-file.ts';
import { openDataset, STROKES_COUNT } from '../../io/open-dataset.ts';
import { writeAtomic } from '../../io/write-atomic.ts';
import { evaluateNetwork } from '../../lab/evaluate-network.ts';
import { imageRaster } from '../../lab/image-raster.ts';
import { provenanceOf } from '../../lab/training/provenance.ts';
import { trainRun } from '../../lab/training/train-run.ts';
import { TRAINING_DEFAULTS, type TrainingRun } from '../../lab/training/training-run.ts';
import { type DemoFigures, demoPage } from '../../report/demo-page.ts';
import { estimatorText } from '../../report/energy-table.ts';
import { percent, wrap } from '../../report/format.ts';
import { TABLE_ESTIMATOR } from '../../report/simulation-report.ts';
import { textTable } from '../../report/table.ts';
import { lawTable, runTable } from '../../report/tables.ts';
import { textPlot } from '../../report/text-plot.ts';
import { integer, textOr } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { closingText, demoLaws } from '../demo/closing.ts';
import { pageTools } from '../demo/page-tools.ts';
import { sampleImages } from '../demo/pictures.ts';
import { type NeuronRun, runExact, runNeuron } from '../demo/runs.ts';
import { openRuntime } from '../options/runtime.ts';

/** Small enough for two cores in a minute, and trained on the grid that its spikes will have to live on. */
const LEVELS = 4;
const RUN: TrainingRun = {
  ...TRAINING_DEFAULTS,
  model: 'lenet',
  levels: LEVELS,
  epochs: 5,
  spikePenalty: 0.2,
};
const STEPS: readonly number[] = [1, 2, 4, 8, 16];
const CHECKED = 200;
/** What it writes. */
const FILES = [
  'report.html',
  'model.safetensors',
  ...['full', 'half', 'tracer'].map((name) => `${name}.snn.safetensors`),
];
const RASTER_STEPS = 8;

export const demo: Command = defineCommand({
  name: 'demo',
  summary: 'the main job on the embedded digits; shows the neurons full and half side by side',
  description:
    'Draws synthetic digits, trains a LeNet-5 with the symmetric-threshold ReLU on them, converts it to spiking networks with ' +
    'the neurons full and half, runs both by their spikes, checks the laws on that very run, and writes a page with the ' +
    'figures. No network, no data files.',
  positionals: [],
  options: {
    out: textOr('DIR', 'runs/demo', 'folder for the networks and report.html'),
    epochs: integer(RUN.epochs, 'passes through the training digits', 1, 1000),
    limit: integer(STROKES_COUNT.train, 'training digits to draw', RUN.batchSize),
    'test-limit': integer(STROKES_COUNT.test, 'test digits to draw', 10),
  },
  examples: [
    { line: 'strelu demo', says: 'then open runs/demo/report.html' },
    { line: 'strelu demo --seed 7 --out runs/seven --json runs/seven.json', says: 'another seed, elsewhere' },
  ],
  async run({ options, files, progress, print }) {
    const { seed, out: folder, kernels } = options;
    const page = join(folder, 'report.html');
    // it makes all of them again in a minute
    files.writesInto('--out', folder, FILES, ['trained network', 'spiking network']);
    const tools = await pageTools();
    if (tools.words !== '') print(`${tools.words}\n`);
    const data = {
      train: await openDataset('strokes', 'train', { seed, limit: options.limit }),
      test: await openDataset('strokes', 'test', { seed, limit: options['test-limit'] }),
    };
    print(
      `Draw      ${data.train.count} digits to learn, ${data.test.count} to test: synthetic, 28 x 28, seed ${seed}`,
    );

    const runtime = openRuntime(options);
    try {
      const { limit, 'test-limit': testLimit, epochs } = options;
      const run = { ...RUN, epochs, seed, limit, testLimit };
      const model = join(folder, 'model.safetensors');
      const trained = await trainRun({ runtime, run, data, progress });
      const { curve, imagesPerSecond } = trained;
      const { accuracy, predictions } = await evaluateNetwork(runtime, trained.network, data.test);
      const network = { ...trained.network, provenance: provenanceOf(run, { accuracy }) };
      await saveModel(model, network);
      print(
        `Train     ${run.model}, stReLU on a grid of ${LEVELS} levels, ${epochs} epochs: ANN ${percent(accuracy)} %`,
      );

      const reference = { name: 'ANN', predictions };
      const request = { network, test: data.test, folder, progress, reference };
      const runs: NeuronRun[] = [];
      for (const neuron of ['full', 'half']) {
        const options = { steps: STEPS.at(-1)!, schedule: 'layered', kernels, runtime } as const;
        runs.push(await runNeuron({ ...request, neuron, checked: CHECKED, options }));
        if (runs.length === 1)
          print(
            `Convert   the same weights for both neurons:\n\n${indent(conversionTable(runs[0]!.conversion))}\n`,
          );
      }
      const exact = await runExact({ ...request, options: { steps: LEVELS, kernels, runtime } });
      const shownRuns = runs.map(({ name, report }) => ({ name, ...report }));
      const { columns, rows } = runTable(shownRuns, STEPS);
      const plotted = runs.map((run) => ({
        name: run.name,
        mark: run.name[0]!,
        values: STEPS.map((step) => run.report.snn.accuracy[step]!),
      }));
      print('Simulate  by spikes alone; energy per image:\n');
      print(
        `${indent(textTable(columns, rows))}\n\n${indent(estimatorText([TABLE_ESTIMATOR]))}\n\n  test accuracy (%) against T\n`,
      );
      print(`${indent(textPlot(plotted, STEPS.map(String)))}\n`);

      print(`Exact     ${exact.words}\n`);

      const laws = demoLaws(runs);
      const table = lawTable(laws);
      print(
        `Verify    the laws on ${Math.min(CHECKED, data.test.count)} of the test digits, every neuron:\n`,
      );
      print(`${indent(textTable(table.columns, table.rows))}\n`);
      const closing = closingText(runs, laws, exact, accuracy, 8);
      for (const text of closing) print(wrap(text, 100).join('\n'));

      const shown = 3;
      const figures: DemoFigures = {
        seed,
        samples: sampleImages(data.test, 20),
        curve,
        annAccuracy: accuracy,
        annJoule: runs[0]!.report.energy[TABLE_ESTIMATOR]!.annJoule!,
        testImages: data.test.count,
        steps: STEPS,
        runs: shownRuns,
        raster: {
          label: `test digit ${shown + 1}, a ${data.test.classNames[data.test.labels[shown]!]} (neuron half)`,
          steps: RASTER_STEPS,
          layers: imageRaster(runs[1]!.network, data.test, shown, {
            steps: RASTER_STEPS,
            schedule: 'layered',
          }).layers,
        },
        laws,
        closing,
      };
      if (tools.plotter) await writeAtomic(page, demoPage(tools.plotter, figures));
      print(tools.plotter ? `\nOpen ${page} to see it.` : `\n${tools.words}`);
      const half = runs[1]!;
      return {
        exit: laws.every((law) => law.holds) ? 0 : 1,
        result: {
          ann: { accuracy },
          ...half.report,
          neurons: Object.fromEntries(runs.map((run) => [run.name, run.report])),
          train: { imagesPerSecond, curve },
          exact: exact.report,
          laws,
          files: { page: tools.plotter ? page : null, model },
        },
      };
    } finally {
      runtime.close();
    }
  },
});

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
