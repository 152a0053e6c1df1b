/** @file `npm run results` measures every pretrained network again. */
import { join } from 'node:path';
import type { Dataset } from '../../src/data/dataset.ts';
import { InputError, UsageError } from '../../src/errors.ts';
import { checkOutput } from '../../src/io/check-output.ts';
import { loadModel } from '../../src/io/model-file.ts';
import { type DatasetName, openDataset } from '../../src/io/open-dataset.ts';
import {
  type Pretrained,
  pretrainedFile,
  pretrainedFolder,
  readPretrained,
} from '../../src/io/pretrained.ts';
import { writeAtomic } from '../../src/io/write-atomic.ts';
import { cached, datasetDigest, describeMachine, packageVersion } from '../../src/lab/index.ts';
import { loadPlot } from '../../src/report/plot/load.ts';
import { svgFile } from '../../src/report/svg/figure.ts';
import { createRuntime } from '../../src/runtime.ts';
import { parseOptions } from '../../src/terminal/parse.ts';
import { createProgress } from '../../src/terminal/progress.ts';
import { merged, originsOf, readRuns, withRun } from '../origins.ts';
import { complete, type Earlier, onlyOf } from './earlier.ts';
import { tradeOffs } from './figures.ts';
import { headlineRows } from './headline.ts';
import { type Keep, measure, type NetworkResult } from './measure.ts';
import { RESULT_OPTIONS, resultsHelp } from './options.ts';
import { curveTable, headlineTable, networkTable } from './tables.ts';

/** Why a network was not measured. */
export interface Missing {
  readonly name: string;
  readonly reason: string;
}

/** @throws UsageError, InputError */
export async function main(words: readonly string[], say: (text: string) => void): Promise<void> {
  const { values, positionals } = parseOptions(words, RESULT_OPTIONS);
  if (positionals.length > 0)
    throw new UsageError(`expected options only, found "${positionals[0]}"; see --help`);
  if (values.help) return say(resultsHelp());
  // what is wrong with these is said before the long run
  const read =
    values.into === null ? null : await readRuns<'networks', Earlier>(values.into, 'results', 'networks');
  if (values.json !== null) checkOutput(values.json);
  const folder = values.dir ?? (await pretrainedFolder());
  const entries = await readPretrained(folder);
  const earlier = read && onlyOf(read, entries);
  for (const { name } of read?.networks ?? [])
    if (!earlier!.networks.some((one) => one.name === name))
      say(`${name} of ${values.into} is no network of ${folder} any more: left out\n`);
  const wanted = chosen(entries, values.only);
  const progress = await createProgress(values.quiet);
  const cache = { folder: values.cache, fresh: values.fresh };
  const openImages = ({ dataset, seed }: Pretrained, limit: number | null): Promise<Dataset> =>
    openDataset(dataset as DatasetName, 'test', {
      directory: values.data ?? undefined,
      seed,
      limit: limit ?? undefined,
    });
  const keepOf = ({ name, sha256 }: Pretrained, dataset: Dataset): Keep => {
    const decidedBy = { kind: 'results', network: sha256, digest: datasetDigest(dataset) };
    return async (part, config, compute) => {
      const whole = { ...decidedBy, images: dataset.count, part, ...config };
      const { value, hit } = await cached(cache, name, whole, compute, progress.note);
      if (hit) progress.note(`${name}, ${part}: measured before`);
      return value;
    };
  };
  const runtime = createRuntime({ workers: values.workers });
  const begun = performance.now();
  const place = { runtime, folder, entries, openImages, keepOf };
  const networks: NetworkResult[] = [];
  const missing: Missing[] = [];
  const before: NetworkResult[] = [];
  try {
    for (const entry of wanted) {
      const { name } = entry;
      const network = await loadModel(await pretrainedFile(folder, entry));
      try {
        const dataset = await openImages(entry, values.limit);
        const effort = { exactSteps: values['exact-steps'], aside: values.aside };
        const keep = keepOf(entry, dataset);
        networks.push(await measure(runtime, entry, network, dataset, effort, progress, keep));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        missing.push({ name, reason: error.message });
      }
    }
    if (earlier)
      for (const one of earlier.networks)
        before.push(networks.some(({ name }) => name === one.name) ? one : await complete(one, place));
  } finally {
    runtime.close();
  }
  const all = earlier === null ? networks : merged(before, networks);
  const headline = headlineRows(all);
  if (values.limit !== null) say(`Only the first ${values.limit} test images: not the figures of all.\n`);
  say(`${headlineTable(headline)}\n\n${networkTable(all)}\n\n${curveTable(all)}`);
  for (const { name, reason } of missing) say(`\n${name} was not measured: ${reason}`);
  if (values.svg !== null) {
    for (const figure of tradeOffs(await loadPlot(), all))
      await writeAtomic(join(values.svg, `${figure.id}.svg`), svgFile(figure));
  }
  if (values.json === null) return;
  const { only, limit, aside } = values;
  const run = { version: packageVersion(), date: new Date().toISOString(), machine: describeMachine() };
  const lacked = earlier?.networks.filter(({ name, ann }) => {
    const found = before.find((one) => one.name === name)!;
    return found.ann.continuous !== ann.continuous;
  });
  const names = networks.map(({ name }) => name);
  const completed = lacked?.map(({ name }) => name) ?? [];
  const now = { ...run, networks: names, ...(completed.length > 0 && { completed }) };
  const result = {
    ...{ command: 'results', ...run },
    config: { only, limit, aside, exactSteps: values['exact-steps'] },
    seconds: (performance.now() - begun) / 1000,
    ...(earlier && { origins: withRun(originsOf(earlier, earlier.networks), now) }),
    headline,
    networks: all,
    missing,
  };
  await writeAtomic(values.json, `${JSON.stringify(result, null, 2)}\n`);
}

function chosen(entries: readonly Pretrained[], only: string | null): readonly Pretrained[] {
  if (only === null) return entries;
  const found = entries.filter(({ name }) => name === only);
  if (found.length > 0) return found;
  const names = entries.map(({ name }) => name).join(', ') || 'none';
  throw new UsageError(`--only ${only}: no such network; there are: ${names}`);
}
