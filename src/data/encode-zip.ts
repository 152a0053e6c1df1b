/**
 * @file Writes a ZIP archive whose members are stored as they are, which is what NumPy's `savez` does: for each member a local header and
 * its bytes, then the directory and the end record.
 */
import { crc32 } from './zip.ts';

const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** 1 January 1980, the first day that ZIP knows: the same members make the same bytes at any time. */
const DAY = 0x21;
/** Sizes, places and the number of members have 32 and 16 bits. */
const LIMIT = 0xffffffff;
const MOST_MEMBERS = 0xffff;

/** @throws RangeError for an archive of 4 GiB or more */
export function encodeZip(
  members: ReadonlyMap<string, Uint8Array<ArrayBufferLike>>,
): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [title, bytes] of members) {
    const name = new TextEncoder().encode(title);
    // version, flags, method, time, day, CRC, packed size, size, lengths of name and extra
    const shared = [VERSION, 0, 0, 0, DAY] as const;
    const sizes = [crc32(bytes), bytes.length, bytes.length] as const;
    directory.push(record(ENTRY, [VERSION, ...shared], sizes, [name.length, 0, 0, 0, 0], [0, at], name));
    const local = record(LOCAL, shared, sizes, [name.length, 0], [], name);
    pieces.push(local, bytes);
    at += local.length + bytes.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  if (at + size > LIMIT || members.size > MOST_MEMBERS)
    throw new RangeError(`zip: ${members.size} members of ${at} bytes are more than an archive holds`);
  const end = record(END, [0, 0, members.size, members.size], [size, at], [0], [], new Uint8Array(0));
  return joined([...pieces, ...directory, end]);
}

/** A record: its signature, then fields of 16 and 32 bits in turn, then a name. */
function record(
  signature: number,
  narrow: readonly number[],
  wide: readonly number[],
  lengths: readonly number[],
  places: readonly number[],
  name: Uint8Array,
): Uint8Array {
  const out = new Uint8Array(
    4 + 2 * (narrow.length + lengths.length) + 4 * (wide.length + places.length) + name.length,
  );
  const view = new DataView(out.buffer);
  let at = 0;
  const put = (value: number, bytes: 2 | 4): void => {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  };
  put(signature, 4);
  for (const value of narrow) put(value, 2);
  for (const value of wide) put(value, 4);
  for (const value of lengths) put(value, 2);
  for (const value of places) put(value, 4);
  out.set(name, at);
  return out;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
