/** @file The guide's programs as a strict compiler reads them: no error. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { programOf } from './blocks.ts';

const ROOT = fileURLToPath(new URL('../', SOURCE_FOLDER));
const GUIDE = join(ROOT, 'docs', 'guide');

test('the programs of the guide compile', {
  skip: 'deno' in process.versions && 'the compiler runs on Node',
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'strelu-guide-types-'));
  try {
    const pages = readdirSync(GUIDE).filter((name) => name.endsWith('.md'));
    for (const page of pages)
      writeFileSync(
        join(folder, `${page}.mts`),
        `${programOf(readFileSync(join(GUIDE, page), 'utf8'))}\nexport {};\n`,
      );
    const compilerOptions = {
      allowImportingTsExtensions: true,
      noUnusedLocals: false,
      isolatedDeclarations: false,
      declaration: false,
      paths: { strelu: [join(ROOT, 'src', 'index.ts')], 'strelu/node': [join(ROOT, 'src', 'node.ts')] },
      typeRoots: [join(ROOT, 'node_modules', '@types')],
    };
    const configuration = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: [folder] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration));
    const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const { status, stdout } = spawnSync(process.execPath, [compiler, '--project', folder], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
