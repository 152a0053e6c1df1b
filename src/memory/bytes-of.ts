/** @file Bytes of a memory that another thread may just have made larger. */

/**
 * A copy. When another thread grows a shared memory, this one's buffer follows a moment later: growing by nothing brings it up to date.
 */
export function bytesOf(
  memory: Pick<WebAssembly.Memory, 'buffer' | 'grow'>,
  address: number,
  length: number,
): Uint8Array<ArrayBuffer> {
  if (address + length > memory.buffer.byteLength) memory.grow(0);
  return new Uint8Array(memory.buffer, address, length).slice();
}
