/** @file The module of every thread lies beside whatever starts it: in the sources, and in the package. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SOURCE_FOLDER } from './support/source-folder.ts';

const SOURCES = fileURLToPath(SOURCE_FOLDER);
const textOf = (path: string): string => readFileSync(new URL(path, SOURCE_FOLDER), 'utf8');
/** Pages that say where a thread's module lies. */
const PAGES = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('-module.ts') && textOf(path).includes(': ThreadModule = {'));

test('each is an entry of the package, which bundlers keep', () => {
  assert.ok(PAGES.length >= 4);
  const bundle = textOf('../scripts/bundle.ts');
  const { sideEffects } = JSON.parse(textOf('../package.json')) as { readonly sideEffects: string[] };
  for (const page of PAGES) {
    const names = [...textOf(page).matchAll(/'\.\/([\w-]+)\.[tj]s'/g)].map(([, name]) => name!);
    assert.ok(names.length >= 2, `${page} names its module from source and built`);
    assert.equal(new Set(names).size, 1, `${page} names ${names}`);
    const [name] = names;
    const source = `${dirname(page)}/${name}.ts`;
    assert.ok(existsSync(join(SOURCES, source)), `${page} names ${source}`);
    assert.ok(bundle.includes(`: 'src/${source}',`), `src/${source} is no entry of scripts/bundle.ts`);
    assert.ok(sideEffects.includes(`./dist/lib/${name}.js`), `${name} is missing in sideEffects`);
  }
});
