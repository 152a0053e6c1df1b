/**
 * @file The binary building blocks of a module: LEB128 integers, floats, names, vectors and sections.
 */

export type Bytes = readonly number[];

/** Puts bytes behind others, in place. @returns `to` */
export function append(to: number[], bytes: Bytes): number[] {
  for (let i = 0; i < bytes.length; i++) to.push(bytes[i]!);
  return to;
}

/** Unsigned LEB128. */
export function unsigned(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return bytes;
}

/** Signed LEB128 of an integer that fits 32 bits. */
export function signed(value: number): Bytes {
  const bytes: number[] = [];
  for (let rest = value; ; ) {
    const low = rest & 127;
    rest >>= 7;
    const done = (rest === 0 && low < 64) || (rest === -1 && low >= 64);
    bytes.push(done ? low : low + 128);
    if (done) return bytes;
  }
}

/** IEEE 754, little endian. */
export function float(value: number, bits: 32 | 64): Bytes {
  const view = new DataView(new ArrayBuffer(bits / 8));
  if (bits === 32) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return [...new Uint8Array(view.buffer)];
}

export function name(text: string): Bytes {
  const utf8 = new TextEncoder().encode(text);
  return [...unsigned(utf8.length), ...utf8];
}

/** A count and then the items. */
export function vector(items: readonly Bytes[]): Bytes {
  return items.reduce<number[]>(append, [...unsigned(items.length)]);
}

export function section(id: number, content: Bytes): Bytes {
  return append([id, ...unsigned(content.length)], content);
}
