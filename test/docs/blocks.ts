/** @file The fenced blocks of a Markdown page. */

export interface Block {
  /** The word after the fence: ts, sh, json; '' for none. */
  readonly language: string;
  /** What follows it: the name of the file that the block is; '' for none. */
  readonly file: string;
  readonly code: string;
  /** The line of the page that the fence is on, from 1. */
  readonly line: number;
}

export function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\w*) ?([^\n]*)\n([\s\S]*?)^```$/gm)].map((found) => ({
    language: found[1]!,
    file: found[2]!,
    code: found[3]!,
    line: page.slice(0, found.index).split('\n').length,
  }));
}

/** The `ts` blocks of a page are one program. */
export function programOf(page: string): string {
  return blocksOf(page)
    .filter(({ language }) => language === 'ts')
    .map(({ code }) => code)
    .join('\n');
}
