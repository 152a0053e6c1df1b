/** @file The class of a dropped picture is what its name begins with. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelOf } from '../../../src/playground/view/label-of.ts';

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

test('a name that begins with a class has it', () => {
  assert.equal(labelOf('7.png', DIGITS), 7);
  assert.equal(labelOf('7-mine.PNG', DIGITS), 7);
  assert.equal(labelOf('ankle-boot_3.jpg', ['T-shirt/top', 'ankle boot']), 1);
  assert.equal(labelOf('t shirt top.jpg', ['T-shirt/top', 'ankle boot']), 0);
});

test('any other name has none', () => {
  assert.equal(labelOf('72.png', DIGITS), -1);
  assert.equal(labelOf('seven.png', DIGITS), -1);
  assert.equal(labelOf('', DIGITS), -1);
});
