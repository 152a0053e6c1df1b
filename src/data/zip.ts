/**
 * @file Reads the members of a ZIP archive, the container of npz: the directory at its end, then one member at a time. A member is
 * unpacked into exactly the room that its size in the directory asks for, and its CRC is checked.
 */
import { InputError } from '../errors.ts';
import { DEFLATE_RATIO } from './gunzip.ts';

/** One member of an archive, not yet unpacked. */
export interface ZipMember {
  readonly name: string;
  /** Bytes once it is unpacked. */
  readonly size: number;
  /** Bytes in the archive. */
  readonly packed: number;
  /** 0: stored; 8: deflated. */
  readonly method: number;
  readonly crc: number;
  /** Where its local header begins. */
  readonly at: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
/** A field of 32 bits that is in the 64-bit record instead. */
const ELSEWHERE = 0xffffffff;
const ENTRY_BYTES = 46;
/** The comment behind the end record is at most this long. */
const MAX_COMMENT = 0xffff;

/** @throws InputError when it is no archive, is cut short, or its directory is damaged */
export function zipMembers(bytes: Uint8Array<ArrayBufferLike>, source: string): ZipMember[] {
  const damaged = (what: string): InputError =>
    new InputError(`${source}: ZIP archive is damaged (${what}); make or download it again`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const lowest = Math.max(0, end - MAX_COMMENT);
  while (end >= lowest && view.getUint32(end, true) !== END) end--;
  if (end < lowest || end < 0)
    throw new InputError(`${source}: expected a ZIP archive, found no end record; is it the right file?`);
  let count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const locator = end - 20;
  if (
    (at === ELSEWHERE || count === 0xffff) &&
    locator >= 0 &&
    view.getUint32(locator, true) === LOCATOR_64
  ) {
    const far = Number(view.getBigUint64(locator + 8, true));
    if (far + 56 > bytes.length || view.getUint32(far, true) !== END_64) throw damaged('64-bit end record');
    count = Number(view.getBigUint64(far + 32, true));
    at = Number(view.getBigUint64(far + 48, true));
  }
  const members: ZipMember[] = [];
  const names = new Set<string>();
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== ENTRY)
      throw damaged(`entry ${i} of its directory`);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    ) as [number, number, number];
    const extraAt = at + ENTRY_BYTES + nameLength;
    const next = extraAt + extraLength + commentLength;
    if (next > bytes.length) throw damaged(`entry ${i} of its directory`);
    const name = new TextDecoder().decode(bytes.slice(at + ENTRY_BYTES, extraAt));
    if (names.has(name)) throw damaged(`two members are called ${JSON.stringify(name)}`);
    names.add(name);
    const wide = wideFields(view, extraAt, extraLength);
    /** A field of the entry; where it is full, the next one of the 64-bit extra. */
    const field = (offset: number): number => {
      const value = view.getUint32(at + offset, true);
      return value === ELSEWHERE ? (wide.shift() ?? Number.NaN) : value;
    };
    const [size, packed, localAt] = [field(24), field(20), field(42)];
    if (![size, packed, localAt].every(Number.isSafeInteger)) throw damaged(`sizes of ${name}`);
    const method = view.getUint16(at + 10, true);
    members.push({ name, size, packed, method, crc: view.getUint32(at + 16, true), at: localAt });
    at = next;
  }
  return members;
}

/** The values of the 64-bit extra field, in their order; empty where there is none. */
function wideFields(view: DataView, from: number, length: number): number[] {
  const end = from + length;
  for (let at = from; at + 4 <= end; ) {
    const size = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1 && at + 4 + size <= end)
      return Array.from({ length: Math.floor(size / 8) }, (_, i) =>
        Number(view.getBigUint64(at + 4 + 8 * i, true)),
      );
    at += 4 + size;
  }
  return [];
}

/**
 * The bytes of a member.
 * @param check called with the first bytes, at most 16 KiB, before room is made for all; throws to refuse
 * @throws InputError when it is cut short, damaged, encrypted, compressed in another way than deflate, or larger than it says
 */
export async function unzip(
  bytes: Uint8Array<ArrayBufferLike>,
  member: ZipMember,
  source: string,
  check: (head: Uint8Array) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { name, size, packed, method, at } = member;
  const damaged = (what: string): InputError =>
    new InputError(`${source}: ${name} is damaged (${what}); make or download the archive again`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL) throw damaged('its header');
  if ((view.getUint16(at + 6, true) & 1) !== 0)
    throw new InputError(`${source}: ${name} is encrypted; save it without a password`);
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + packed > bytes.length) throw damaged('cut short');
  const content = bytes.slice(start, start + packed);
  if (method === 0 && size !== packed) throw damaged('two sizes for what is not compressed');
  if (method !== 0 && method !== 8)
    throw new InputError(`${source}: ${name} is compressed by method ${method}; expected deflate or none`);
  if (size > DEFLATE_RATIO * packed + 1024)
    throw damaged(`${packed} bytes cannot hold the ${size} that it claims`);
  const whole = method === 0 ? content : await inflate(content, size, damaged, check);
  if (method === 0) check(whole.subarray(0, HEAD));
  if (crc32(whole) !== member.crc) throw damaged('its checksum is wrong');
  return whole;
}

/** Bytes that are shown before room is made for all. */
const HEAD = 16 * 1024;

async function inflate(
  packed: Uint8Array<ArrayBuffer>,
  size: number,
  damaged: (what: string) => InputError,
  check: (head: Uint8Array) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  const first: Uint8Array[] = [];
  let had = 0;
  let whole: Uint8Array<ArrayBuffer> | undefined;
  const begin = (): Uint8Array<ArrayBuffer> => {
    const head = new Uint8Array(had);
    let at = 0;
    for (const part of first) {
      head.set(part, at);
      at += part.length;
    }
    check(head.subarray(0, HEAD));
    const room = new Uint8Array(size);
    room.set(head);
    return room;
  };
  try {
    for (;;) {
      const next = await reader.read().catch(() => {
        throw damaged('its compressed bytes');
      });
      if (next.done) break;
      const part = next.value as Uint8Array;
      if (had + part.length > size) throw damaged(`more than the ${size} bytes that it claims`);
      if (whole) whole.set(part, had);
      else first.push(part.slice());
      had += part.length;
      if (!whole && had >= HEAD) whole = begin();
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (had !== size) throw damaged(`${had} of the ${size} bytes that it claims`);
  return whole ?? begin();
}

/** The CRC of every byte value: polynomial 0xedb88320, reflected. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) !== 0 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 as ZIP and PNG use it. */
export function crc32(bytes: Uint8Array<ArrayBufferLike>): number {
  let value = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) value = TABLE[(value ^ bytes[i]!) & 255]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
