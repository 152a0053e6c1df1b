/**
 * @file Loaded before every test file: properties draw from one seed, so that a run can be repeated to the last case.
 * STRELU_TEST_SEED=7 tries others; the seed of a failure is in its message.
 */
import process from 'node:process';
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.STRELU_TEST_SEED ?? 1) });
