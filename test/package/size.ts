/**
 * @file What a user downloads: the packed package, and the page that Vite makes of a program that trains, converts and simulates.
 * The start-up times are printed, not judged: they are those of this machine at this moment.
 */
import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { deadPageLinks } from '../support/page-links.ts';
import { LIBRARY_KB, PACKED_KB, PAGE_KB } from './bounds.ts';
import { HTML } from './fixtures.ts';
import { type Check, type Installed, newProject } from './install.ts';
import { run } from './shell.ts';

const TIMES = 9;

/** On images of its own and a network in layers: what it does not use (drawn digits, ready models, ndarray) it does not load. */
const PROGRAM = `import { avgPool, conv2d, convert, createModel, createRuntime, exportNetwork, flatten, linear, pixelStatistics, Random, sequential, simulate, strelu, train, TRAIN_DEFAULTS } from 'strelu';
const runtime = createRuntime({ workers: 1 });
const images = Uint8Array.from({ length: 64 * 784 }, (_, i) => (i * i) % 251);
const labels = Uint8Array.from({ length: 64 }, (_, i) => i % 4);
const set = { name: 'mine', shape: [28, 28, 1], classes: 4, classNames: ['a', 'b', 'c', 'd'], synthetic: true, images, labels, count: 64, ...pixelStatistics(images, 1) };
const network = sequential(conv2d(8, 5), strelu(), avgPool(2), flatten(), linear(4))(set.shape, 'mine');
const model = createModel(runtime.heap, network, Random.seeded(1));
for (const _ of train(runtime, model, { train: set, test: set }, { ...TRAIN_DEFAULTS, epochs: 1 }));
const { snn } = convert(exportNetwork(model));
console.log(simulate(snn, new Float32Array(784), { steps: 4, runtime }).logits);
`;

export async function size({ project, scratch, tarball, bytes }: Installed, check: Check): Promise<void> {
  await check('no page of it has a dead link', async () => {
    const dead = deadPageLinks(join(project, 'node_modules', 'strelu'));
    assert.deepEqual(dead, []);
    return undefined;
  });
  await check(`packed in at most ${PACKED_KB} kB`, async () => {
    assert.ok(bytes <= PACKED_KB * 1000, `${(bytes / 1000).toFixed(0)} kB`);
    return `${(bytes / 1000).toFixed(0)} kB`;
  });
  await check(`the library, its types, maps and sources in at most ${LIBRARY_KB} kB`, async () => {
    const library = join(scratch, 'library');
    const from = join(project, 'node_modules', 'strelu');
    for (const part of ['package.json', 'README.md', 'LICENSE', 'dist', 'src'])
      cpSync(join(from, part), join(library, part), { recursive: true });
    const lib = join(library, 'dist', 'lib');
    const files = readdirSync(lib);
    // what only the command line loads has no map
    for (const file of files)
      if (file.endsWith('.js') && !files.includes(`${file}.map`)) rmSync(join(lib, file));
    const { stdout } = await run('npm', ['pack', '--json', '--dry-run', '--ignore-scripts'], {
      cwd: library,
    });
    const [packed] = JSON.parse(stdout.slice(stdout.search(/^\[/m))) as [{ size: number }];
    assert.ok(packed.size <= LIBRARY_KB * 1000, `${(packed.size / 1000).toFixed(0)} kB`);
    return `${(packed.size / 1000).toFixed(0)} kB`;
  });
  const home = join(scratch, 'page');
  await newProject(home, tarball, 'vite@8');
  writeFileSync(join(home, 'page.js'), PROGRAM);
  writeFileSync(join(home, 'index.html'), HTML('./page.js'));
  await check(`a page that trains, converts and simulates, by Vite, in at most ${PAGE_KB} KB`, async () => {
    const vite = join(home, 'node_modules', '.bin', 'vite');
    await run(vite, ['build', '--logLevel', 'error'], { cwd: home });
    const assets = join(home, 'dist', 'assets');
    // The threads' modules are loaded by threads.
    const files = readdirSync(assets).filter((file) => file.startsWith('index-'));
    const packed = files.map((file) => gzipSync(readFileSync(join(assets, file)), { level: 9 }).length);
    const total = packed.reduce((sum, length) => sum + length, 0) / 1000;
    assert.ok(total > 0 && total <= PAGE_KB, `${total.toFixed(1)} KB, gzip`);
    return `${total.toFixed(1)} KB, gzip`;
  });
  await check('import and command line start', async () => {
    const main = join(project, 'node_modules', 'strelu', 'dist', 'lib', 'main.js');
    const words =
      '{ const start = performance.now(); await import("strelu"); console.log(performance.now() - start); }';
    const imports = await middle(async () => {
      const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', words], {
        cwd: project,
      });
      return Number(stdout);
    });
    const help = await middle(async () => {
      const start = performance.now();
      await run(process.execPath, [main, '--help'], { cwd: project });
      return performance.now() - start;
    });
    return `import ${imports.toFixed(0)} ms, strelu --help ${help.toFixed(0)} ms (medians of ${TIMES})`;
  });
}

async function middle(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < TIMES; i++) times.push(await measure());
  return times.sort((a, b) => a - b)[(TIMES - 1) / 2]!;
}
