/** @file A command to copy: its words quoted where a shell would take them apart, and no file taken for an option. */

/** Letters, digits and signs that no shell looks at. */
const PLAIN = /^[\p{L}\p{N}_@%+=:,./-]+$/u;
/** What stays special between double quotes. */
const SPECIAL = /["$`\\!%]/;

/**
 * One word. Blanks are put between double quotes, which every shell knows; what is special there between single ones.
 * @example
 * shellWord('my pictures/net.onnx'); // '"my pictures/net.onnx"'
 */
export function shellWord(word: string): string {
  if (PLAIN.test(word)) return word;
  return SPECIAL.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
}

/**
 * A file as a word of its own: one that begins with a dash is no option.
 * @example
 * shellFile('-net.onnx'); // './-net.onnx'
 */
export const shellFile = (path: string): string => shellWord(path.startsWith('-') ? `./${path}` : path);
