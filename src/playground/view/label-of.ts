/** @file The class in a file's name: what it begins with, as in 7.png, 7-mine.png, ankle-boot_3.jpg. */

/** The class; -1 where the name begins with none. */
export function labelOf(file: string, classNames: readonly string[]): number {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  const name = `${plain(file)} `;
  const found = classNames
    .map((one, c) => [`${plain(one)} `, c] as const)
    .filter(([one]) => name.startsWith(one));
  return found[0]?.[1] ?? -1;
}
