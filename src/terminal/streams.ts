/**
 * @file Standard output and standard error, whatever becomes of them. A reader that leaves early (`| head`) only silences its
 * stream: the work continues, and its files are written. A stream that cannot be written (a full disk) is an error, told once, at the end.
 */
import process from 'node:process';

type Name = 'standard output' | 'standard error';

const STREAMS: readonly (readonly [Name, NodeJS.WriteStream])[] = [
  ['standard output', process.stdout],
  ['standard error', process.stderr],
];

/** Nobody listens any more. */
const DESERTED: readonly (string | undefined)[] = ['EPIPE', 'ERR_STREAM_DESTROYED', 'EIO'];

/** Takes over the errors of both streams. @returns asked at the end: waits for what was printed, and says what was lost */
export function guardStreams(): () => Promise<string | null> {
  const faults = new Map<Name, string>();
  for (const [name, stream] of STREAMS) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!DESERTED.includes(error.code) && !faults.has(name))
        faults.set(name, `${name}: expected room for the whole output, found: ${error.message}`);
    });
  }
  return async () => {
    await Promise.all(STREAMS.map(([, stream]) => flushed(stream)));
    return faults.size === 0 ? null : [...faults.values()].join('; ');
  };
}

/** Resolves when everything written so far has left the process, or never will. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) resolve();
    else stream.write('', () => resolve());
  });
}
