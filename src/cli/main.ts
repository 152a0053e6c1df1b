#!/usr/bin/env node
/**
 * @file The command line's entry.
 */
import { writesSettled } from '../io/write-atomic.ts';
import { endOnInterrupt } from '../terminal/interrupt.ts';
import { COMMANDS } from './commands.ts';
import { runCommandLine } from './run.ts';

// A reader that leaves early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
endOnInterrupt(writesSettled);

process.exit(await runCommandLine(process.argv.slice(2), COMMANDS));
