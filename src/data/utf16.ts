/**
 * @file Text in UTF-16, as PowerShell's `>` and "Unicode text" of spreadsheets write it, where UTF-8 is expected.
 */

/**
 * Whether bytes begin as text in UTF-16 does: with its mark, or with letters of which every second byte is 0.
 * @example
 * isUtf16(Uint8Array.of(0xff, 0xfe, 0x61, 0)); // true
 */
export function isUtf16(bytes: Uint8Array<ArrayBufferLike>): boolean {
  const [first, second, third, fourth] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const little = first !== 0 && second === 0 && third !== 0 && fourth === 0;
  const big = first === 0 && second !== 0 && third === 0 && fourth !== 0;
  return marked || (bytes.length >= 4 && (little || big));
}
