/**
 * @file Signals: Ctrl-C (SIGINT), SIGTERM and SIGHUP end the program soon, with its terminal as it was, what it can save saved, and
 * never in the middle of writing a file. The exit status is 128 + the signal's number, also where the program is process 1 of a
 * container, which no signal ends by itself.
 */
import { writeError } from './streams.ts';

const STATUS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** What is done before the program ends; may say a line about it. */
type LastAct = () => undefined | string | Promise<undefined | string>;

const acts = new Set<LastAct>();

/**
 * Does something before a signal ends the program: the terminal is put in order, a checkpoint is saved. Newest first.
 * @returns takes it back
 */
export function beforeInterrupt(act: LastAct): () => void {
  acts.add(act);
  return () => void acts.delete(act);
}

/**
 * A signal is noticed when the program yields to the event loop; a second one ends it at once.
 * @param settled resolves when no file is being written
 */
export function endOnInterrupt(settled: () => Promise<void>): void {
  let asked = false;
  const end = async (how: string, status: number): Promise<void> => {
    if (asked) process.exit(status);
    asked = true;
    const words: string[] = [];
    for (const act of [...acts].reverse()) {
      try {
        const said = await act();
        if (said !== undefined) words.push(said);
      } catch (error) {
        words.push(error instanceof Error ? error.message : String(error));
      }
    }
    await settled();
    const files = 'every file and checkpoint that was written is whole and stays';
    writeError(`\nstrelu: ${[how, ...words, files].join('; ')}\n`);
    process.exit(status);
  };
  for (const [signal, status] of Object.entries(STATUS))
    process.on(signal, () => end(signal === 'SIGINT' ? 'interrupted' : `ended by ${signal}`, status));
  // What starts a job with a channel, such as a sweep, takes it along when it is killed.
  process.once('disconnect', () => {
    if (!asked) void end('ended with what started it', STATUS.SIGTERM);
  });
  process.channel?.unref();
}
