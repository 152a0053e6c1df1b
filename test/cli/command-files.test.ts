/**
 * @file The files of one command are compared before any work: no result replaces what is read, another result, or a training. The table
 * at the end has every option of every command that names a file or a folder.
 */
import assert from 'node:assert/strict';
import { link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { createCommandFiles } from '../../src/cli/command-files.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import type { ProductKind } from '../../src/io/product-file.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { productFiles } from '../io/product-files.ts';
import { inFolder } from '../support/in-folder.ts';
import { streluHere } from '../support/strelu-here.ts';
import { strelu } from './spawn.ts';

test('one place is one file in any spelling, through links, and by hard links; two that are read may be alike', async () => {
  await inFolder(async (path) => {
    await mkdir(path('sub'));
    await writeFile(path('m'), 'network');
    await symlink('m', path('soft'));
    await symlink('sub', path('folder'));
    await link(path('m'), path('hard'));
    const here = path('.');
    for (const other of ['m', './m', 'sub/../m', 'soft', 'folder/../m', 'hard']) {
      for (const [first, second] of [
        ['reads', 'writes'],
        ['writes', 'reads'],
        ['writes', 'writes'],
      ] as const) {
        const files = createCommandFiles();
        files[first]('MODEL', path('m'));
        const told = second === 'writes' && first === 'writes' ? 'is written too' : 'would be overwritten';
        assert.throws(
          () => files[second]('--other', `${here}/${other}`),
          new RegExp(`UsageError: .*${told}`),
          other,
        );
      }
      const files = createCommandFiles();
      files.reads('MODEL', path('m'));
      files.reads('SNN', `${here}/${other}`);
    }
    const files = createCommandFiles();
    files.reads('MODEL', path('m'));
    for (const other of ['n', 'sub/m', 'folder/n']) files.writes(`--${other}`, `${here}/${other}`);
    files.writes('--n', path('n')); // the same again
    assert.throws(() => files.writes('--p', path('sub/n')), /is the same file as --folder\/n/); // neither exists yet
    files.writes('--a', '/dev/null');
    files.writes('--b', '/dev/null');
  });
});

test('nothing is written into a folder that is read as a whole, through links, whichever is said first', async () => {
  await inFolder(async (path) => {
    await mkdir(path('leaves/test/ash'), { recursive: true });
    await symlink('leaves', path('link'));
    for (const place of ['leaves/test/ash/1.png', 'leaves/new.json', 'link/test/new.json']) {
      const first = createCommandFiles();
      first.readsIn('--dataset', path('leaves'));
      assert.throws(
        () => first.writes('--json', path(place)),
        /UsageError: --json: .* would lie among the images/,
      );
      const second = createCommandFiles();
      second.writes('--json', path(place));
      assert.throws(
        () => second.readsIn('--dataset', path('link')),
        /UsageError: --json: .*choose a place out/,
      );
    }
    for (const place of ['leaves', 'link', 'leaves/log']) {
      const log = createCommandFiles();
      log.readsIn('--dataset', path('leaves'));
      assert.throws(
        () => log.writesInto('--log', path(place)),
        /UsageError: --log: .* would lie among the im/,
      );
    }
    const files = createCommandFiles();
    files.readsIn('--dataset', path('leaves'));
    files.reads('--model', path('leaves/m'));
    for (const other of ['leaves.json', 'leaves2/a', '../a']) files.writes(`--${other}`, path(other));
  });
});

/** COMMAND: its words for a data set of one's own, and a result that takes the place of an image. */
const AMONG_IMAGES: Readonly<Record<string, readonly string[]>> = {
  train: ['train --dataset folder:leaves --split 0.5 --out leaves/m.safetensors'],
  convert: ['convert m.safetensors --method relu-max --dataset folder:leaves --json leaves/ash/1.png'],
  simulate: [
    'simulate s.safetensors --dataset folder:leaves --json leaves/ash/1.png',
    'simulate s.safetensors --dataset folder:soft --spikes leaves/ash/1.png',
    'simulate s.safetensors --dataset idx:digits --json digits/train-images-idx3-ubyte',
    'simulate s.safetensors --dataset idx:digits --names a,b --json digits/a',
    'simulate s.safetensors --dataset npz:digits.npz --json digits.npz',
    'simulate s.safetensors --dataset csv:digits.csv --json digits.csv',
    'simulate s.safetensors --dataset csv:lines --json lines/my_test.csv',
    'simulate s.safetensors --dataset mnist --data sets --json sets/mnist/t10k-labels-idx1-ubyte.gz',
  ],
  verify: ['verify m.safetensors s.safetensors --dataset folder:leaves --json leaves/ash/1.png'],
  advise: ['advise m.safetensors --dataset folder:leaves --json leaves/ash/1.png'],
  compare: ['compare --dataset folder:leaves --split 0.5 --markdown leaves/ash/1.png'],
};

test('a picture is not replaced, whatever reads it; what no command made is', async () => {
  await inFolder(async (path) => {
    await writeFile(path('p'), Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0));
    await writeFile(path('j'), Uint8Array.of(0xff, 0xd8, 0xff, 0xe0));
    for (const name of ['p', 'j'])
      assert.throws(
        () => createCommandFiles().writes('--out', path(name), ['trained network', 'checkpoint']),
        /InputError: .*: a picture lies here, which --out would replace/,
      );
    await writeFile(path('text'), 'a table');
    createCommandFiles().writes('--markdown', path('text'));
  });
});

test('what one command made is replaced by its own kind alone', async () => {
  await inFolder(async (path) => {
    const products = productFiles();
    for (const [kind, bytes] of Object.entries(products)) await writeFile(path(kind), bytes);
    for (const [kind, bytes] of Object.entries(products)) {
      createCommandFiles().writes('--out', path(kind), [kind as ProductKind]);
      createCommandFiles().writesInto('--dir', path('.'), [kind], [kind as ProductKind]);
      for (const other of [...Object.keys(products), 'result of inspect']) {
        if (other === kind) continue;
        const refused = (write: () => void): void =>
          assert.throws(write, /^InputError: .* lies here, which --out would replace/, `${other} on ${kind}`);
        refused(() => createCommandFiles().writes('--out', path(kind), [other as ProductKind]));
        refused(() => createCommandFiles().writesInto('--out', path('.'), [kind], [other as ProductKind]));
      }
      assert.throws(() => createCommandFiles().writes('--out', path(kind)), /lies here/, kind);
      assert.deepEqual(await readFile(path(kind)), Buffer.from(bytes));
    }
  });
});

const TINY = ['--model', 'lenet', '--width', '0.5', '--limit', '64', '--test-limit', '10', '--epochs', '1'];

/** COMMAND --OPTION: a line of words that puts a result where it must not go. */
const REFUSED: Readonly<Record<string, string>> = {
  'demo --out': 'demo --out . --json report.html',
  'train --out': 'train --out a/b.safetensors --json a/b.safetensors',
  'train --log': 'train --out x.safetensors --log log --json log/steps.csv',
  'train --from': 'train --from m.safetensors --out ./m.safetensors',
  'train --teacher': 'train --teacher soft.safetensors --out m.safetensors',
  'convert --out': 'convert m.safetensors --out soft.safetensors',
  'simulate --model': 'simulate s.safetensors --model r.json --json r.json',
  'simulate --spikes': 'simulate s.safetensors --spikes ./s.safetensors',
  'simulate --tune': 'simulate s.safetensors --engine auto --tune ./s.safetensors',
  'verify --tune': 'verify m.safetensors s.safetensors --engine auto --tune hard.safetensors',
  'compare --markdown': 'compare --markdown r.md --json r.md',
  'compare --networks': 'compare --methods relu-max --networks own --json own/relu.safetensors',
  'compare --cache': 'compare --cache cache --json cache',
  'report --out': 'report r.json --out ./r.json',
  'report --svg': 'report r.json --out figures --svg figures',
  'import --out': 'import net.onnx --out ./net.onnx',
  'import --model': 'import m.safetensors --model net.json --out net.json',
  'import --state-dict': 'import net.json --state-dict m.safetensors --out ./m.safetensors',
  'export --out': 'export s.safetensors --to onnx --out ./s.safetensors',
  'sweep --csv': 'sweep r.json --csv ./r.json',
  'sweep --dir': 'sweep study.json --dir d --csv d',
  'datasets --dir': 'datasets --only mnist --dir d --json d/mnist/train-images-idx3-ubyte.gz',
  'worker --dir': 'worker --queue redis://127.0.0.1:1 --store st --dir d --json d',
};
const MORE = [
  'train --model net.json --out net.json',
  'train --out c.safetensors --json c.checkpoint.safetensors',
  'convert m.safetensors --json m.safetensors',
  'convert m.safetensors --json m.snn.safetensors',
  'simulate s.safetensors --json s.safetensors',
  'verify m.safetensors s.safetensors --json hard.safetensors',
  'inspect m.safetensors --json m.safetensors',
];
/** A name of its own, but what another command made lies there. */
const KEPT = [
  'report r.json --out m.safetensors',
  'convert s.safetensors --out own/relu.safetensors',
  REFUSED['compare --networks']!,
  'inspect m.safetensors --json s.safetensors',
  'verify m.safetensors m.safetensors --json s.safetensors',
  'train --force --epochs 1 --out s.safetensors',
  'train --force --epochs 1 --out m.safetensors --json swept.json',
  'export m.safetensors --to npz --out s.safetensors',
  'export m.safetensors --to npz --out swept.json',
  'simulate s.safetensors --json swept.json',
  'simulate s.safetensors --spikes swept.json',
  'simulate s.safetensors --engine auto --tune swept.json',
  'verify m.safetensors s.safetensors --engine auto --tune jobs.csv',
  'compare --markdown jobs.csv',
  'convert m.safetensors --json swept.json',
  'convert m.safetensors --out swept.json',
  'sweep study.json --csv s.safetensors',
];
/** Options that name where data sets are looked for, and --json itself, which every line above uses. */
const COMMON = ['data', 'json'];

/** The command line in this process, from another folder. */
async function here(folder: string, line: string): ReturnType<typeof streluHere> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await streluHere(...line.split(' '));
  } finally {
    process.chdir(before);
  }
}

test('every option of every command that names a file or folder is in the table', async () => {
  const named: string[] = [];
  for (const { name, load } of COMMANDS)
    for (const [option, { placeholder }] of Object.entries((await load()).options))
      if (['FILE', 'DIR'].includes(placeholder)) named.push(`${name} --${option}`);
  assert.deepEqual(Object.keys(REFUSED).sort(), named.sort());
  const readers = [];
  for (const { name, load } of COMMANDS) if ('dataset' in (await load()).options) readers.push(name);
  assert.deepEqual(Object.keys(AMONG_IMAGES).sort(), readers.sort());
  for (const name of COMMON) assert.ok(Object.hasOwn(COMMON_OPTIONS, name));
});

test('each of them is refused as wrong usage, before any work, and every file stays as it was', async () => {
  await inFolder(async (path) => {
    const made = await strelu(['train', ...TINY, '--out', path('m.safetensors'), '--quiet']);
    assert.equal(made.status, 0, made.stderr);
    await here(path('.'), 'convert m.safetensors --out s.safetensors --quiet');
    await symlink('m.safetensors', path('soft.safetensors'));
    await link(path('m.safetensors'), path('hard.safetensors'));
    await writeFile(path('r.json'), '{}');
    await writeFile(path('net.json'), '{}');
    await writeFile(path('net.onnx'), '');
    const study = { name: 'two', stages: [{ name: 'a', command: 'train', options: { epochs: 1 } }] };
    await writeFile(path('study.json'), JSON.stringify(study));
    await mkdir(path('leaves/ash'), { recursive: true });
    await writeFile(path('leaves/ash/1.png'), 'a picture');
    await symlink('leaves', path('soft'));
    await mkdir(path('digits'));
    for (const name of ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 'a', 'b'])
      await writeFile(path(`digits/${name}`), 'an array');
    await writeFile(path('digits.npz'), 'arrays');
    await writeFile(path('digits.csv'), '0,1');
    await mkdir(path('lines'));
    for (const name of ['my_train.csv', 'my_test.csv']) await writeFile(path(`lines/${name}`), '0,1');
    await mkdir(path('sets/mnist'), { recursive: true });
    await writeFile(path('sets/mnist/t10k-labels-idx1-ubyte.gz'), 'labels');
    await writeFile(path('swept.json'), productFiles()['result of sweep']);
    await writeFile(path('jobs.csv'), productFiles().study);
    await mkdir(path('own'));
    await writeFile(path('own/relu.safetensors'), await readFile(path('m.safetensors')));
    const content = async (): Promise<unknown> => {
      const names = (await readdir(path('.'), { recursive: true, withFileTypes: true })).filter((one) =>
        one.isFile(),
      );
      const files = names.map((one) => join(one.parentPath, one.name)).sort();
      return Promise.all(files.map(async (file) => [file, (await readFile(file)).toString('base64')]));
    };
    const before = await content();
    for (const line of [...Object.values(REFUSED), ...MORE].filter((one) => !KEPT.includes(one))) {
      const { status, stderr, stdout } = await here(path('.'), `${line} --quiet`);
      assert.match(
        stderr,
        /is the same file as .*(is written too|would be overwritten); choose another/,
        line,
      );
      assert.equal(status, 2, line);
      assert.equal(stdout, '', line);
    }
    for (const line of Object.values(AMONG_IMAGES).flat()) {
      const { status, stderr, stdout } = await here(path('.'), `${line} --quiet`);
      assert.match(stderr, /would lie among the images of --dataset|is the same file as --dataset/, line);
      assert.equal(status, 2, line);
      assert.equal(stdout, '', line);
    }
    for (const line of KEPT) {
      const kept = await here(path('.'), line);
      assert.match(
        kept.stderr,
        /: (a trained network|a spiking network|the result of sweep|the table of a study) lies here, which --\w+ would replace/,
        line,
      );
      assert.equal(kept.status, 1, line);
    }
    assert.deepEqual(await content(), before);
  });
});
