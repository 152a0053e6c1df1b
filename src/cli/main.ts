#!/usr/bin/env node
/**
 * @file The command line's entry. Node keeps what it compiled of the modules, where its version can, so that the next command
 * starts sooner.
 */
import * as nodeModule from 'node:module';
import { dirname } from 'node:path';
import { writesSettled } from '../io/write-atomic.ts';
import { endOnInterrupt } from '../terminal/interrupt.ts';
import { guardStreams, writeError } from '../terminal/streams.ts';
import { COMMANDS } from './commands.ts';
import { runCommandLine } from './run.ts';

if ('enableCompileCache' in nodeModule) {
  nodeModule.enableCompileCache();
  const kept = nodeModule.getCompileCacheDir();
  // threads look for it there
  if (kept) process.env.NODE_COMPILE_CACHE ||= dirname(kept);
}
const lost = guardStreams();
endOnInterrupt(writesSettled);

const status = await runCommandLine(process.argv.slice(2), COMMANDS);
const fault = await lost();
if (fault !== null) writeError(`strelu: ${fault}; free some space, or print elsewhere\n`);
process.exit(fault !== null && status === 0 ? 1 : status);
