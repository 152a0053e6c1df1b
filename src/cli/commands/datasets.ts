/**
 * @file `datasets`: the published data sets, from their official mirrors to a folder, whole and checked.
 */
import { join } from 'node:path';
import { UsageError } from '../../errors.ts';
import { isWhole } from '../../io/digest.ts';
import { downloadDataset } from '../../io/download.ts';
import { isFile } from '../../io/files.ts';
import { type ManifestDataset, readManifest } from '../../io/manifest.ts';
import { DATASET_NAMES, dataDirectories } from '../../io/open-dataset.ts';
import { requireFolder } from '../../io/require-folder.ts';
import type { Progress } from '../../progress.ts';
import { count } from '../../report/format.ts';
import { choiceOrNull, flag, text } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';

/** Those that can be downloaded, and those that recipes learn. */
const PUBLISHED = DATASET_NAMES.filter((name) => name !== 'strokes');
const USUAL: readonly string[] = ['mnist', 'fashion-mnist', 'cifar-10'];

export const datasets: Command = defineCommand({
  name: 'datasets',
  summary: 'downloads and checks the data sets, with progress and resume',
  description:
    'Downloads the data sets from their official mirrors, checks size and digest, and only then puts each file in its place. ' +
    'Run again after a cut: what is whole stays, what is partial is resumed. Licence and citation are shown.',
  positionals: [],
  options: {
    only: choiceOrNull(
      [...PUBLISHED, 'all'],
      USUAL.join(', '),
      'just this one; all: kmnist, cifar-100 and emnist too, 960 MB together',
    ),
    dir: { ...text('DIR', 'where to put them'), shown: '--data, else $STRELU_DATASETS, else datasets' },
    list: flag('download nothing: show what there is and what is already here'),
  },
  examples: [
    { line: 'strelu datasets --list', says: 'names, licences, citations, and what is already here' },
    { line: 'strelu datasets --only mnist', says: 'MNIST, 12 MB' },
    { line: 'strelu datasets --only emnist', says: 'EMNIST, 562 MB: characters in six divisions' },
  ],
  async run({ options, config, files, progress, print }) {
    if (options.dir !== null && options.data !== null && options.dir !== options.data)
      throw new UsageError(`--dir ${options.dir} and --data ${options.data} name two places; give one`);
    const directory = options.dir ?? dataDirectories(options.data ?? undefined)[0]!;
    requireFolder(directory, options.dir === null ? '--data' : '--dir');
    config.dir = directory;
    const manifest = (await readManifest()).filter(
      ({ name }) =>
        options.only === 'all' ||
        (options.only === null ? options.list || USUAL.includes(name) : name === options.only),
    );
    if (!options.list)
      for (const { files: parts } of manifest)
        for (const { path } of parts) {
          const file = join(directory, path);
          if (await isFile(file)) files.reads('--dir', file);
          else files.writes('--dir', file);
        }
    const found = [];
    for (const dataset of manifest) {
      const { name, title, licence, citation } = dataset;
      print(`${name}: ${title}`);
      print(`  licence   ${licence}\n  citation  ${citation}`);
      const state = options.list
        ? await inspect(dataset, directory)
        : { ...(await download(dataset, directory, progress)), missing: 0 };
      const lacking =
        state.missing > 0 ? `${state.missing} of ${dataset.files.length} files missing` : 'whole and checked';
      print(`  ${directory}: ${lacking}${state.fetched > 0 ? `, ${state.fetched} files new` : ''}\n`);
      found.push({ name, title, licence, citation, directory, files: dataset.files.length, ...state });
    }
    return { exit: 0, result: { datasets: found } };
  },
});

interface State {
  readonly had: number;
  readonly fetched: number;
  readonly missing: number;
}

async function inspect(dataset: ManifestDataset, directory: string): Promise<State> {
  let had = 0;
  for (const file of dataset.files) if (await isWhole(join(directory, file.path), file)) had++;
  return { had, fetched: 0, missing: dataset.files.length - had };
}

async function download(
  dataset: ManifestDataset,
  directory: string,
  progress: Progress,
): Promise<{ readonly had: number; readonly fetched: number }> {
  let current = '';
  try {
    return await downloadDataset(dataset, directory, {
      onWait: (file, holder) => progress.note(`${file}: waits for ${holder}, which downloads it`),
      onProgress: ({ file, phase, received, total }) => {
        if (phase === 'have') return;
        if (file !== current) progress.start(file, total);
        current = file;
        progress.update(received, phase === 'receive' ? `${count(received)}B of ${count(total)}B` : phase);
      },
    });
  } finally {
    progress.stop();
  }
}
