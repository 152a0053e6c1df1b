/** @file Which images a job reads, and that its hash knows what they are. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { factsOf } from '../../../src/lab/sweep/facts.ts';
import { jobDataset } from '../../../src/lab/sweep/job-data.ts';
import { TRAINING_RECIPES } from '../../../src/lab/training/recipes.ts';
import { inFolder } from '../../support/in-folder.ts';

test('the set of a job: its own, that of its recipe, that of the job before it', () => {
  for (const { name, run } of TRAINING_RECIPES)
    assert.equal(jobDataset('train', { recipe: name }), run.dataset ?? 'strokes', name);
  assert.equal(jobDataset('train', {}), 'strokes');
  assert.equal(jobDataset('train', { recipe: 'mnist-cnn-strelu', dataset: 'kmnist' }), 'kmnist');
  assert.equal(jobDataset('simulate', {}), undefined);
});

test("images of one's own: whatever says how they are read, the digest is of the files, each of them", async () => {
  await inFolder(async (path) => {
    await mkdir(path('pics/a'), { recursive: true });
    await writeFile(path('pics/a/1.png'), 'one');
    await writeFile(path('one.csv'), '0,1,2,3,4\n');
    const digest = async (dataset: string, more = {}): Promise<string> =>
      (await factsOf().digestOf('train', { dataset, ...more })).dataset!;
    for (const [source, file] of [
      [`folder:${path('pics')}`, 'pics/a/1.png'],
      [`csv:${path('one.csv')}`, 'one.csv'],
    ] as const) {
      const before = await digest(source, { split: 0.5, size: '15x4' });
      assert.equal(await digest(source, { split: 0.9 }), before);
      await writeFile(path(file), 'another');
      assert.notEqual(await digest(source), before);
    }
    const before = await digest(`folder:${path('pics')}`);
    await writeFile(path('pics/a/2.png'), 'two');
    assert.notEqual(await digest(`folder:${path('pics')}`), before);
  });
});
