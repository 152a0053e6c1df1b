/** @file The programs of guide, notebooks and count of lines as a strict compiler reads them: no error. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { program, TASKS } from '../../bench/lines/count.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { programOf } from './blocks.ts';
import { notebookNames, programOfNotebook, readNotebook } from './notebook.ts';

const ROOT = fileURLToPath(new URL('../', SOURCE_FOLDER));
const GUIDE = join(ROOT, 'docs', 'guide');

/** What of Deno's kernel the notebooks use. */
const JUPYTER = `type Shown = (text: TemplateStringsArray, ...values: unknown[]) => unknown;
declare const Deno: { jupyter: { md: Shown; svg: Shown; html: Shown } };
`;

test('the programs of the guide, of the notebooks and of the count of lines compile', {
  skip: 'deno' in process.versions && 'the compiler runs on Node',
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'strelu-guide-types-'));
  try {
    const pages = readdirSync(GUIDE).filter((name) => name.endsWith('.md'));
    const write = (name: string, program: string): void =>
      writeFileSync(join(folder, `${name}.mts`), `${program}\nexport {};\n`);
    for (const page of pages) write(page, programOf(readFileSync(join(GUIDE, page), 'utf8')));
    for (const name of notebookNames)
      write(name, `${JUPYTER}${programOfNotebook(readNotebook(name)).replaceAll("'npm:", "'")}`);
    for (const task of Object.keys(TASKS)) write(`lines-${task}`, program('strelu', task)!);
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir'); // the optional packages
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
