/** @file `npm run results` measures every pretrained network again. */
import { join } from 'node:path';
import { InputError, UsageError } from '../../src/errors.ts';
import { checkOutput } from '../../src/io/check-output.ts';
import { readJson } from '../../src/io/files.ts';
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
import type { Machine } from '../../src/report/result.ts';
import { svgFile } from '../../src/report/svg/figure.ts';
import { createRuntime } from '../../src/runtime.ts';
import { parseOptions } from '../../src/terminal/parse.ts';
import { createProgress } from '../../src/terminal/progress.ts';
import { tradeOffs } from './figures.ts';
import { headlineRows } from './headline.ts';
import { type Keep, macsOf, measure, type NetworkResult } from './measure.ts';
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
  if (values.into !== null) await readEarlier(values.into);
  if (values.json !== null) checkOutput(values.json);
  const folder = values.dir ?? (await pretrainedFolder());
  const entries = chosen(await readPretrained(folder), values.only);
  const progress = await createProgress(values.quiet);
  const cache = { folder: values.cache, fresh: values.fresh };
  const runtime = createRuntime({ workers: values.workers });
  const begun = performance.now();
  const networks: NetworkResult[] = [];
  const missing: Missing[] = [];
  try {
    for (const entry of entries) {
      const { name } = entry;
      const network = await loadModel(await pretrainedFile(folder, entry));
      const options = {
        directory: values.data ?? undefined,
        seed: entry.seed,
        limit: values.limit ?? undefined,
      };
      try {
        const dataset = await openDataset(entry.dataset as DatasetName, 'test', options);
        const effort = { exactSteps: values['exact-steps'], aside: values.aside };
        const decidedBy = { kind: 'results', network: entry.sha256, digest: datasetDigest(dataset) };
        const keep: Keep = async (part, config, compute) => {
          const { value, hit } = await cached(
            cache,
            name,
            { ...decidedBy, images: dataset.count, part, ...config },
            compute,
            progress.note,
          );
          if (hit) progress.note(`${name}, ${part}: measured before`);
          return value;
        };
        networks.push(await measure(runtime, entry, network, dataset, effort, progress, keep));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        missing.push({ name, reason: error.message });
      }
    }
  } finally {
    runtime.close();
  }
  const earlier = values.into === null ? null : await readEarlier(values.into);
  const all = earlier === null ? networks : merged(await withMacs(earlier.networks, folder), networks);
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
  const result = {
    command: 'results',
    version: packageVersion(),
    date: new Date().toISOString(),
    config: { only, limit, aside, exactSteps: values['exact-steps'] },
    machine: describeMachine(),
    seconds: (performance.now() - begun) / 1000,
    ...(earlier && { measuredNow: networks.map(({ name }) => name), earlier: originOf(earlier) }),
    headline,
    networks: all,
    missing,
  };
  await writeAtomic(values.json, `${JSON.stringify(result, null, 2)}\n`);
}

/** Where the networks come from that are not measured now. */
export interface EarlierOrigin {
  readonly version: string;
  readonly date: string;
  readonly machine: Machine;
}

const originOf = ({ version, date, machine }: EarlierOrigin): EarlierOrigin => ({ version, date, machine });

interface Earlier extends EarlierOrigin {
  readonly networks: readonly NetworkResult[];
}

async function readEarlier(path: string): Promise<Earlier> {
  const found = (await readJson(path)) as { readonly command?: unknown } & Earlier;
  if (found?.command !== 'results' || !Array.isArray(found.networks))
    throw new InputError(
      `--into ${path}: expected what npm run results -- --json wrote, found something else; leave it out, or give that file`,
    );
  return found;
}

/** The earlier ones in their places, each as it was measured last; new ones behind them. */
function merged(earlier: readonly NetworkResult[], now: readonly NetworkResult[]): NetworkResult[] {
  const places = [...earlier, ...now.filter(({ name }) => !earlier.some((one) => one.name === name))];
  return places.map((one) => now.find(({ name }) => name === one.name) ?? one);
}

/** Those of earlier files have no operations: their networks, which are still there, say them. */
async function withMacs(networks: readonly NetworkResult[], folder: string): Promise<NetworkResult[]> {
  const entries = await readPretrained(folder);
  return Promise.all(
    networks.map(async (network) => {
      const entry = entries.find(({ name }) => name === network.name);
      if (network.macs || !entry || network.activation !== 'strelu') return network;
      return { ...network, macs: macsOf(await loadModel(await pretrainedFile(folder, entry))) };
    }),
  );
}

function chosen(entries: readonly Pretrained[], only: string | null): readonly Pretrained[] {
  if (only === null) return entries;
  const found = entries.filter(({ name }) => name === only);
  if (found.length > 0) return found;
  const names = entries.map(({ name }) => name).join(', ') || 'none';
  throw new UsageError(`--only ${only}: no such network; there are: ${names}`);
}
