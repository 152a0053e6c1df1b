/**
 * @file Ctrl-C: the program ends at once, but never in the middle of writing a file.
 */
/**
 * An interrupt is noticed whenever the program yields to the event loop, which long loops do several times a second.
 * @param settled resolves when no file is being written
 */
export function endOnInterrupt(settled: () => Promise<void>): void {
  let asked = false;
  process.on('SIGINT', async () => {
    if (asked) process.exit(130);
    asked = true;
    await settled();
    process.stderr.write(
      '\nstrelu: interrupted; every file and checkpoint that was written is whole and stays\n',
    );
    process.exit(130);
  });
}
