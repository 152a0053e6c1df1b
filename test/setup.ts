/**
 * @file Loaded before every test file: properties draw from one seed, so that a run can be repeated to the last case.
 * STRELU_TEST_SEED=7 tries others; the seed of a failure is in its message. STRELU_TEST_SHRINK=no looks for no smaller case, for
 * those who only ask whether a test fails. Modules that Node has read once are kept for the next test file and the processes that
 * it starts: to strip the types of all sources takes over a second each time.
 */
import * as module from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: Number(process.env.STRELU_TEST_SEED ?? 1),
  endOnFailure: process.env.STRELU_TEST_SHRINK === 'no',
});

// What is kept would not be counted by coverage. Node 20 and Deno have no such function.
if (!process.env.NODE_V8_COVERAGE && 'enableCompileCache' in module && !('Deno' in globalThis)) {
  process.env.NODE_COMPILE_CACHE ||= fileURLToPath(
    new URL('../node_modules/.cache/compiled', import.meta.url),
  );
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
}
