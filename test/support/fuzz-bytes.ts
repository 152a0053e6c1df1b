/** @file Files with something wrong in them: bytes changed, cut out, doubled or added, as a broken disk or a hostile hand would. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UserError } from '../../src/errors.ts';

type Change = {
  readonly at: number;
  readonly kind: 'set' | 'cut' | 'repeat' | 'insert';
  readonly value: number;
};

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('set', 'set', 'cut', 'repeat', 'insert'),
  value: fc.oneof(fc.constantFrom(0, 1, 127, 128, 255), fc.nat(255)),
});

/** Any of the files, with one to four changes. */
export const damaged = (...files: readonly Uint8Array[]): fc.Arbitrary<Uint8Array<ArrayBuffer>> =>
  fc
    .tuple(fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([file, changes]) =>
      changes.reduce((bytes, { at, kind, value }): Uint8Array<ArrayBuffer> => {
        const index = Math.floor(at * bytes.length);
        const [before, after] = [bytes.subarray(0, index), bytes.subarray(index)];
        if (kind === 'cut') return Uint8Array.from([...before, ...after.subarray(value)]);
        if (kind === 'repeat') return Uint8Array.from([...before, ...after.subarray(0, value), ...after]);
        if (kind === 'insert') return Uint8Array.from([...before, value, ...after]);
        const set = Uint8Array.from(bytes);
        set[index] = value;
        return set;
      }, Uint8Array.from(file)),
    );

/** It loads, or the error is ours, of one line, and begins with the name; within two seconds. */
export async function loadsOrOwnError(name: string, load: () => unknown): Promise<void> {
  const begun = performance.now();
  try {
    await load();
  } catch (error) {
    assert.ok(error instanceof UserError, `not our error: ${error instanceof Error ? error.stack : error}`);
    assert.ok(error.message.startsWith(name) && !error.message.includes('\n'), error.message);
  }
  assert.ok(performance.now() - begun < 2000, 'took more than two seconds');
}
