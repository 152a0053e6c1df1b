/**
 * @file Ctrl-C: the program ends at once, but never in the middle of writing a file.
 */
const writes = new Set<Promise<void>>();

/** Lets a write come to its end even if the user interrupts meanwhile. */
export async function uninterrupted(write: Promise<void>): Promise<void> {
  writes.add(write);
  try {
    await write;
  } finally {
    writes.delete(write);
  }
}

/** Reached whenever the program yields to the event loop, which long loops do several times a second. */
export function endOnInterrupt(): void {
  let asked = false;
  process.on('SIGINT', async () => {
    if (asked) process.exit(130);
    asked = true;
    await Promise.allSettled(writes);
    process.stderr.write(
      '\nstrelu: interrupted; every file and checkpoint that was written is whole and stays\n',
    );
    process.exit(130);
  });
}
