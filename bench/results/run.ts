/** @file npm run results. */
import { InputError, UsageError } from '../../src/errors.ts';
import { main } from './main.ts';

try {
  await main(process.argv.slice(2), console.log);
} catch (error) {
  if (!(error instanceof InputError || error instanceof UsageError)) throw error;
  console.error(`results: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
