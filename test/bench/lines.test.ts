/** @file Lines of code: what is counted, that the guide's table is the one counted, and that strelu's programs run. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { countLines, FRAMEWORKS, linesTable, program, TASKS } from '../../bench/lines/count.ts';
import { convert, createModel, createRuntime, exportNetwork, MODELS, Random } from '../../src/index.ts';
import { saveModel } from '../../src/node.ts';
import { inNewFolder } from '../docs/in-new-folder.ts';
import { runProgram } from '../docs/program.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

const WIDTH = 110;

test('blank lines and comments are not counted', () => {
  assert.equal(countLines('/* a\n b */\n\na(); // b\n  // c\n# d\nb();\n'), 2);
});

test('the guide has the table that is counted', () => {
  const page = readFileSync(new URL('../docs/guide/lines.md', SOURCE_FOLDER), 'utf8');
  assert.ok(page.includes(`\n\n${linesTable()}\n\n`), 'it does not; write it with npm run lines');
});

test('no line is wider than others may be, and every task is there but one', () => {
  const missing: string[] = [];
  for (const framework of Object.keys(FRAMEWORKS))
    for (const task of Object.keys(TASKS)) {
      const text = program(framework, task);
      if (text === null) missing.push(`${framework}/${task}`);
      for (const line of text?.split('\n') ?? [])
        assert.ok(line.length <= WIDTH, `${framework}/${task}: ${line}`);
    }
  assert.deepEqual(missing, ['jax-js/convert']);
});

/** Drawn digits in place of MNIST, few of them. */
const small = (text: string): string =>
  text.replaceAll(/openDataset\('mnist', ('\w+')[^)]*\)/g, "openDataset('strokes', $1, { limit: 320 })");

/** What each prints, as far as it is the same everywhere. */
const PRINTS: Readonly<Record<string, (lines: readonly unknown[]) => void>> = {
  cnn: ([accuracy]) => assert.ok(Number(accuracy) > 20, `${accuracy}`),
  activation: ([gradient]) => assert.ok(Math.abs(Number(gradient) - 1.16434574) < 1e-6, `${gradient}`),
  convert: ([accuracy]) => assert.equal((accuracy as number[]).length, 32),
  save: ([same]) => assert.equal(same, true),
  loop: (losses) => assert.ok(losses.every((loss) => Number(loss) > 0) && losses.length > 0),
};

for (const task of Object.keys(TASKS))
  test(`strelu's program "${task}" runs`, () =>
    inNewFolder(async () => {
      const runtime = createRuntime();
      const architecture = MODELS.lenet([28, 28, 1], 10, { activation: 'strelu' });
      const network = exportNetwork(createModel(runtime.heap, architecture, Random.seeded(1)));
      assert.ok(convert(network).snn.layers.length > 1);
      await saveModel('cnn.safetensors', network);
      runtime.close();
      const printed: unknown[] = [];
      const log = (value: unknown): void => void printed.push(value);
      await runProgram(small(program('strelu', task)!), task, { console: { log } });
      PRINTS[task]!(printed);
    }));
