/**
 * @file Loaded before a test and into its workers and child processes: the source that STRELU_MUTANT_URL names is read from
 * STRELU_MUTANT_TEXT in place of the disk, where nothing is written.
 */
import { registerHooks } from 'node:module';
import process from 'node:process';

const { STRELU_MUTANT_URL: mutated, STRELU_MUTANT_TEXT: source } = process.env;

if (mutated !== undefined && source !== undefined)
  registerHooks({
    load: (url, context, next) =>
      url === mutated ? { format: 'module', source, shortCircuit: true } : next(url, context),
  });
