#!/usr/bin/env node
/**
 * @file The command line's entry.
 */
import { COMMANDS } from './commands.ts';
import { runCommandLine } from './run.ts';

// A reader that leaves early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
// Reached whenever the program yields to the event loop, which long loops do several times a second.
process.on('SIGINT', () => {
  process.stderr.write(
    '\nstrelu: interrupted; files and checkpoints that were written before are whole and stay\n',
  );
  process.exit(130);
});

process.exit(await runCommandLine(process.argv.slice(2), COMMANDS));
