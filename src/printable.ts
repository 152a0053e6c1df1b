/**
 * @file Text from a file, a name or a server, fit for a terminal: what would move its cursor, change its title or turn the direction
 * of its letters is shown as \u001b and the like. Inside JSON that means the same as before.
 */

/** Control characters, separators of lines and paragraphs, marks of the direction of writing. */
const COMMANDING = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

const escaped = (character: string): string =>
  `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`;

/**
 * Whole lines of output: line ends and tabulators stay.
 * @example
 * printable('a\u001b[2Jb\n'); // 'a\\u001b[2Jb\n'
 */
export const printable = (text: string): string =>
  text.replace(COMMANDING, (found) => (found === '\n' || found === '\t' ? found : escaped(found)));

/**
 * A part of a line: it cannot begin another one.
 * @example
 * printablePart('conv1\nevery law holds'); // 'conv1\\u000aevery law holds'
 */
export const printablePart = (text: string): string => text.replace(COMMANDING, escaped);
