/** @file The house: a floor of src/ imports only from floors below it. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { roomFacts } from '../scripts/architecture/facts.ts';
import { pictureOf } from '../scripts/architecture/picture.ts';
import { ROOMS } from '../scripts/architecture/rooms.ts';
import { importsBelow } from './support/imports.ts';
import { SOURCE_FOLDER } from './support/source-folder.ts';

/** From the ground up. Below the rooms lie four small files, above them the entries that others import; the page is above all. */
const [page, ...rooms] = ROOMS.map(({ name }) => name);
const FLOORS = ['printable', 'errors', 'near', 'progress', ...rooms.reverse(), 'index', 'node', page!];
const SOURCE = SOURCE_FOLDER;

/** The floor of a module, by its address. */
const floorOf = (url: string): string => url.slice(SOURCE.href.length).split(/[/.]/)[0]!;

test('imports only go down', async () => {
  const files = (await readdir(SOURCE, { recursive: true })).filter((file) =>
    /(?<!\.d)\.(ts|js)$/.test(file),
  );
  assert.ok(files.length > 200);
  for (const file of files) {
    const url = new URL(file.replaceAll('\\', '/'), SOURCE);
    const from = FLOORS.indexOf(floorOf(url.href));
    assert.ok(from >= 0, `${file}: which floor is this?`);
    for (const [, target] of (await readFile(url, 'utf8')).matchAll(/from '(\.[^']+)'/g)) {
      const to = FLOORS.indexOf(floorOf(new URL(target!, url).href));
      assert.ok(to >= 0 && to <= from, `${file} imports ${target}, a floor above`);
    }
  }
});

test('outside io, lab, cli and terminal nothing needs Node: one adapter looks it up at run time', async () => {
  const files = (await readdir(SOURCE, { recursive: true })).filter((file) =>
    /(?<!\.d)\.(ts|js)$/.test(file),
  );
  for (const file of files.filter((name) => !/^(io|lab|cli|terminal|node)[\\/]/.test(name))) {
    const text = await readFile(new URL(file.replaceAll('\\', '/'), SOURCE), 'utf8');
    assert.doesNotMatch(text, /^import (?!type).* from 'node:/m, file);
  }
});

test('snn/simd: layouts, then what writes WebAssembly, then the host, which sees the contract and the entry alone', async () => {
  const imports = await importsBelow(SOURCE);
  const [host, program, layouts] = ['snn/simd/', 'snn/simd/program/', 'snn/simd/program/layouts/'];
  const open = [`${program}contract.ts`, `${program}program.ts`];
  let [inside, crossing] = [0, 0];
  for (const [file, targets] of imports) {
    for (const target of targets) {
      if (file.startsWith(layouts)) assert.ok(target.startsWith(layouts), `${file} imports ${target}`);
      else if (file.startsWith(program)) {
        const ofTheHost = target.startsWith(host) && !target.startsWith(program);
        assert.ok(!ofTheHost, `${file} imports ${target}, of the host`);
        inside++;
      } else if (target.startsWith(program)) {
        assert.ok(open.includes(target), `${file} imports ${target}; expected one of ${open.join(', ')}`);
        crossing++;
      }
    }
  }
  assert.ok(inside > 50 && crossing > 5, `${inside} imports inside, ${crossing} from outside`);
});

test('the benchmarks stand on the library, the lab and the terminal, not on the command line', async () => {
  const bench = new URL('../bench/', SOURCE_FOLDER);
  const files = (await readdir(bench, { recursive: true })).filter((file) => /(?<!\.d)\.(ts|js)$/.test(file));
  assert.ok(files.length > 30);
  for (const file of files) {
    const text = await readFile(new URL(file.replaceAll('\\', '/'), bench), 'utf8');
    assert.doesNotMatch(text, /src\/cli\//, file);
  }
});

test('the picture of ARCHITECTURE.md is that of the imports', async () => {
  const drawn = await readFile(new URL('../docs/architecture.svg', SOURCE), 'utf8');
  // built files have other endings: there the rooms are looked up in the sources, which lie beside them
  assert.ok(drawn === pictureOf(await roomFacts(SOURCE)), 'it is not; draw it with npm run architecture');
});
