#!/usr/bin/env node
/**
 * @file The command line's entry.
 */
import { writesSettled } from '../io/write-atomic.ts';
import { endOnInterrupt } from '../terminal/interrupt.ts';
import { guardStreams, writeError } from '../terminal/streams.ts';
import { COMMANDS } from './commands.ts';
import { runCommandLine } from './run.ts';

const lost = guardStreams();
endOnInterrupt(writesSettled);

const status = await runCommandLine(process.argv.slice(2), COMMANDS);
const fault = await lost();
if (fault !== null) writeError(`strelu: ${fault}; free some space, or print elsewhere\n`);
process.exit(fault !== null && status === 0 ? 1 : status);
