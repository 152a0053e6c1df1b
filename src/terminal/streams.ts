/**
 * @file Standard output and standard error, whatever becomes of them. A reader that leaves early (`| head`) only silences its
 * stream: the work and its files go on. A stream that cannot be written (a full disk) is an error, told once, at the end. What is
 * printed may hold names from files of anyone: no control character of theirs reaches the terminal.
 */
import process from 'node:process';
import { printable } from '../printable.ts';

type Name = 'standard output' | 'standard error';

const STREAMS: Readonly<Record<Name, NodeJS.WriteStream>> = {
  'standard output': process.stdout,
  'standard error': process.stderr,
};

/** Nobody listens any more. */
const DESERTED: readonly (string | undefined)[] = ['EPIPE', 'ERR_STREAM_DESTROYED', 'EIO'];

/** A stream that has not told of its last words by then never will. */
const PATIENCE_MS = 1000;

const faults = new Map<Name, string>();

function note(name: Name, error: unknown): void {
  const { code, message } = error as NodeJS.ErrnoException;
  if (DESERTED.includes(code) || faults.has(name)) return;
  faults.set(name, `${name}: expected room for the whole output, found: ${message}`);
}

/** Node tells of a failed write later, by an event; Deno throws at once. Either way the work goes on. */
function write(name: Name, text: string): void {
  try {
    STREAMS[name].write(printable(text));
  } catch (error) {
    note(name, error);
  }
}

/** Results. */
export const writeOut = (text: string): void => write('standard output', text);

/** Progress, remarks, errors. */
export const writeError = (text: string): void => write('standard error', text);

/** Takes over the errors of both streams. @returns asked at the end: waits for what was printed, and says what was lost */
export function guardStreams(): () => Promise<string | null> {
  const names = Object.keys(STREAMS) as Name[];
  for (const name of names) STREAMS[name].on('error', (error: unknown) => note(name, error));
  return async () => {
    await Promise.all(names.map(flushed));
    return faults.size === 0 ? null : [...faults.values()].join('; ');
  };
}

/** Resolves when everything written so far has left the process, or never will. */
function flushed(name: Name): Promise<void> {
  const stream = STREAMS[name];
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable || faults.has(name)) return resolve();
    setTimeout(resolve, PATIENCE_MS);
    stream.once('error', () => resolve());
    try {
      stream.write('', () => resolve());
    } catch (error) {
      note(name, error);
      resolve();
    }
  });
}
