/** @file What is shipped, and what a page or a command bundles or loads: licences that allow it, said on the page that lists them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { licencesOf } from '../../scripts/licences.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const read = (path: string): string => readFileSync(new URL(`../${path}`, SOURCE_FOLDER), 'utf8');
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const root = packages['']!;

/** Where a package that is asked for by another is found: as Node looks. */
function place(from: string, name: string): string {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (!folder.includes('/node_modules/') && folder === '') throw new Error(`${name}: not in the lock file`);
    if (!folder.includes('/node_modules/')) folder = '';
    if (folder === '' && packages[`node_modules/${name}`]) return `node_modules/${name}`;
  }
}

/** These packages and all that they need. */
function needed(names: readonly string[]): Map<string, Locked> {
  const found = new Map<string, Locked>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    const one = packages[path]!;
    found.set(path, one);
    for (const name of Object.keys({ ...one.dependencies, ...one.optionalDependencies }))
      visit(place(path, name));
  };
  for (const name of names) visit(place('', name));
  return found;
}

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Licences that let anyone use, change and pass on. h5wasm names its own file: the public domain of NIST, HDF5's of BSD's kind. */
const PERMISSIVE =
  /^(MIT|ISC|0BSD|Unlicense|Apache-2\.0|BSD-[23]-Clause|\(Apache-2\.0 AND BSD-3-Clause\)|\(MIT OR Apache-2\.0\))$/;
const OF_THEIR_OWN: Readonly<Record<string, string>> = { h5wasm: 'SEE LICENSE IN LICENSE.txt' };

/** Packages with a script for their installation, and for what they are here. */
const SCRIPTS: Readonly<Record<string, string>> = {
  esbuild: 'builds the package; for developers',
  'msgpackr-extract': 'a faster reader that a queue may use; optional to what is optional',
  node: 'runs the project on machines with an older one; for developers',
};

test('what is installed with the library: MIT alone, no script, and on the page', () => {
  const page = read('SECURITY.md');
  for (const [path, { license, hasInstallScript }] of needed(Object.keys(root.dependencies!))) {
    assert.equal(license, 'MIT', path);
    assert.ok(!hasInstallScript, `${path}: runs a script when it is installed`);
    assert.ok(page.includes(`\`${nameOf(path)}\``), `SECURITY.md does not name ${nameOf(path)}`);
  }
});

test('optional packages, those the playground bundles among them: licences that let it, no script', () => {
  const page = read('SECURITY.md');
  const optional = Object.keys(root.peerDependencies!);
  for (const name of optional) assert.ok(page.includes(`\`${name}\``), `SECURITY.md does not name ${name}`);
  for (const [path, { license = 'none', hasInstallScript }] of needed(optional)) {
    if (SCRIPTS[nameOf(path)]) continue;
    const own = OF_THEIR_OWN[nameOf(path)];
    assert.ok(own === undefined ? PERMISSIVE.test(license) : license === own, `${path}: ${license}`);
    assert.ok(!hasInstallScript, `${path}: runs a script when it is installed`);
  }
});

test('every locked package has a digest; a script is run for none but those that the project allows by name', () => {
  const scripts = new Set<string>();
  for (const [path, { integrity, hasInstallScript }] of Object.entries(packages)) {
    if (path === '') continue;
    assert.match(integrity ?? '', /^sha512-[A-Za-z0-9+/]+=*$/, path);
    if (hasInstallScript) scripts.add(nameOf(path));
  }
  assert.deepEqual([...scripts].sort(), Object.keys(SCRIPTS));
});

test('the notices of a bundle: each of its packages once, with its whole licence', () => {
  const inputs = [
    'src/playground/page.ts',
    'node_modules/ndarray/ndarray.js',
    'node_modules/h5wasm/dist/esm/hdf5_util.js',
    'node_modules/h5wasm/dist/esm/hdf5_hl.js',
    'node_modules/@observablehq/plot/src/index.js',
  ];
  const text = licencesOf(fileURLToPath(new URL('..', SOURCE_FOLDER)), inputs);
  assert.match(
    text,
    /^@observablehq\/plot [\d.]+ \(ISC\)\n\n[\s\S]+^h5wasm [\s\S]+NIST[\s\S]+^ndarray [\d.]+ \(MIT\)\n\n/m,
  );
  assert.equal(text.split('-'.repeat(78)).length, 3);
});
