/** @file Bytes that are nearly a file: one of some samples, cut, flipped, overwritten, doubled, joined with another. */
import fc from 'fast-check';

type Edit = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

/** Numbers at which readers err. */
const NUMBERS = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

/** Places by their share of the length, so that they shrink with it. */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (bytes: Uint8Array, share: number): number =>
  Math.min(bytes.length, Math.floor(share * (bytes.length + 1)));
const joined = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
};

const flip = fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(
  ([share, mask]): Edit =>
    (bytes) => {
      const copy = bytes.slice();
      const i = at(bytes, share);
      if (i < copy.length) copy[i]! ^= mask;
      return copy;
    },
);
const cut = place.map(
  (share): Edit =>
    (bytes) =>
      bytes.slice(0, at(bytes, share)),
);
const remove = fc.tuple(place, fc.nat(64)).map(
  ([share, length]): Edit =>
    (bytes) => {
      const from = at(bytes, share);
      return joined(bytes.subarray(0, from), bytes.subarray(from + length));
    },
);
const insert = fc.tuple(place, fc.uint8Array({ maxLength: 32 })).map(
  ([share, more]): Edit =>
    (bytes) => {
      const from = at(bytes, share);
      return joined(bytes.subarray(0, from), more, bytes.subarray(from));
    },
);
const double = fc.tuple(place, fc.nat(600)).map(
  ([share, length]): Edit =>
    (bytes) => {
      const from = at(bytes, share);
      return joined(bytes.subarray(0, from + length), bytes.subarray(from));
    },
);
const overwrite = fc.tuple(place, fc.constantFrom(...NUMBERS), fc.constantFrom(1, 2, 4, 8), fc.boolean()).map(
  ([share, number, width, little]): Edit =>
    (bytes) => {
      const copy = bytes.slice();
      const from = at(bytes, share);
      for (let k = 0; k < width; k++) {
        const i = from + (little ? k : width - 1 - k);
        if (i < copy.length) copy[i] = Math.floor(number / 256 ** k) % 256;
      }
      return copy;
    },
);

/** One change, or a few. */
const edits = fc.array(fc.oneof(flip, cut, remove, insert, double, overwrite), { maxLength: 4 });

/** @param samples whole files */
export function nearlyBytes(...samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const whole = samples.map((sample) => new Uint8Array(sample));
  const changed = fc
    .tuple(fc.constantFrom(...whole), edits)
    .map(([bytes, changes]) => changes.reduce((so, change) => change(so), bytes));
  const crossed = fc
    .tuple(fc.constantFrom(...whole), fc.constantFrom(...whole), place, place)
    .map(([head, tail, end, begin]) =>
      joined(head.subarray(0, at(head, end)), tail.subarray(at(tail, begin))),
    );
  return fc.oneof(
    { weight: 8, arbitrary: changed },
    { weight: 1, arbitrary: crossed },
    fc.uint8Array({ maxLength: 300 }) as fc.Arbitrary<Uint8Array<ArrayBuffer>>,
  );
}
