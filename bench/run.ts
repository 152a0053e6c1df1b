/** @file The benchmarks: node bench/run.ts kernels|events|steps|folders|verify|queue [options]. */
import { InputError, UsageError } from '../src/errors.ts';
import { main } from './main.ts';

try {
  await main(process.argv.slice(2), { say: console.log, log: console.error });
} catch (error) {
  if (!(error instanceof InputError || error instanceof UsageError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
