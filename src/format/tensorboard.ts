/**
 * @file Event files of TensorBoard: records of a protocol buffer message `Event`, each framed by its length and two checksums.
 *
 *     record   uint64 length, masked CRC-32C of the length, bytes, masked CRC-32C of the bytes
 *     Event    1: double wall_time, 2: int64 step, 3: string file_version | 5: Summary
 *     Summary  1: repeated Value { 1: string tag, 2: float simple_value }
 *
 * Source: the TFRecord format and event.proto, summary.proto of TensorFlow.
 */

/** The first record of a file. */
export function versionRecord(seconds: number): Uint8Array<ArrayBuffer> {
  return record([...double(1, seconds), ...bytes(3, new TextEncoder().encode('brain.Event:2'))]);
}

/**
 * Numbers by tag at one step.
 * @param seconds wall time since 1970
 */
export function scalarsRecord(
  seconds: number,
  step: number,
  scalars: Readonly<Record<string, number>>,
): Uint8Array<ArrayBuffer> {
  const values = Object.entries(scalars).flatMap(([tag, value]) =>
    bytes(1, [...bytes(1, new TextEncoder().encode(tag)), ...float(2, value)]),
  );
  return record([...double(1, seconds), ...key(2, 0), ...varint(step), ...bytes(5, values)]);
}

function record(event: readonly number[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(event.length + 16);
  const view = new DataView(whole.buffer);
  view.setBigUint64(0, BigInt(event.length), true);
  view.setUint32(8, maskedCrc(whole.subarray(0, 8)), true);
  whole.set(event, 12);
  view.setUint32(12 + event.length, maskedCrc(whole.subarray(12, 12 + event.length)), true);
  return whole;
}

const key = (field: number, wire: number): number[] => varint(field * 8 + wire);

function varint(value: number): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...out, rest];
    out.push((rest % 128) + 128);
  }
}

const bytes = (field: number, content: ArrayLike<number>): number[] => [
  ...key(field, 2),
  ...varint(content.length),
  ...Array.from(content),
];

function double(field: number, value: number): number[] {
  const buffer = new DataView(new ArrayBuffer(8));
  buffer.setFloat64(0, value, true);
  return [...key(field, 1), ...new Uint8Array(buffer.buffer)];
}

function float(field: number, value: number): number[] {
  const buffer = new DataView(new ArrayBuffer(4));
  buffer.setFloat32(0, value, true);
  return [...key(field, 5), ...new Uint8Array(buffer.buffer)];
}

/** CRC-32C (Castagnoli), reflected polynomial 0x82f63b78. */
export function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Rotated and moved on, so that a checksum of data that hold checksums stays a good one. */
function maskedCrc(data: Uint8Array): number {
  const crc = crc32c(data);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
