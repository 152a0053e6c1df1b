/** @file The command lines in the shell blocks of a page: those of this program, as words. */
import type { Block } from './blocks.ts';

export interface CommandLine {
  /** What follows `strelu`. */
  readonly words: readonly string[];
  /** The line of the page. */
  readonly line: number;
}

/** The ways in which a page may begin one. */
const BEGIN = /^(?:npx |npm run )?strelu (?:-- )?|^node src\/cli\/main\.ts /;

export function commandLines(blocks: readonly Block[]): CommandLine[] {
  return blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code, line }) =>
      code
        .split('\n')
        .map((text, i) => ({ text: text.replace(/\s+#\s.*$/, '').trim(), line: line + 1 + i }))
        .filter(({ text }) => BEGIN.test(text))
        .map((one) => ({
          words: one.text
            .replace(BEGIN, '')
            .split(' ')
            .filter((word) => word !== ''),
          line: one.line,
        })),
    );
}
