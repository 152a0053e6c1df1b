import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainCommand } from '../../../src/lab/training/train-command.ts';

test('the command that trains a network again leaves out what its recipe or the default says', () => {
  const found = {
    dataset: 'mnist',
    model: 'cnn',
    lr: 0.05,
    'batch-size': 32,
    levels: 4,
    flip: true,
    seed: 7,
  };
  const command = 'strelu train --dataset mnist --levels 4 --batch-size 32 --flip --seed 7';
  assert.equal(trainCommand(found), command);
  const { lr: rate, 'batch-size': batch, ...others } = found;
  assert.equal(trainCommand({ ...others, rate, batch }), command, 'a file with the names of before');
});

test('a recipe is named, and only what departs from it is written out', () => {
  const record = {
    recipe: 'mnist-cnn-strelu',
    dataset: 'mnist',
    levels: 4,
    epochs: 3,
    whiten: true,
    seed: 2,
  };
  assert.equal(trainCommand(record), 'strelu train --recipe mnist-cnn-strelu --epochs 3 --seed 2');
});
