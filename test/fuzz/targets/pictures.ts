import assert from 'node:assert/strict';
import { encode } from 'fast-png';
import jpegJs from 'jpeg-js';
import { decodePicture } from '../../../src/data/pictures/decode-picture.ts';
import { loadDecoders } from '../../../src/io/folder/decoders.ts';
import { nearlyBytes } from '../mutate/bytes.ts';
import { type FuzzTarget, target } from '../target.ts';

const [width, height] = [9, 5];
const wave = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 37) % 256);
const PNG = [1, 2, 3, 4].map((channels) =>
  encode({ width, height, channels, data: wave(width * height * channels) }),
);
const JPEG = [50, 95].map((quality) =>
  Uint8Array.from(jpegJs.encode({ width, height, data: wave(4 * width * height) }, quality).data),
);
/** One that claims 8191 x 8191 pixels. */
export const HUGE: Uint8Array = claiming(JPEG[0]!, 8191);

function claiming(bytes: Uint8Array, size: number): Uint8Array {
  const copy = bytes.slice();
  const frame = copy.findIndex((byte, i) => byte === 0xff && copy[i + 1] === 0xc0);
  const view = new DataView(copy.buffer);
  view.setUint16(frame + 5, size);
  view.setUint16(frame + 7, size);
  return copy;
}

const decoders = await loadDecoders();

function check(bytes: Uint8Array): void {
  const { width, height, channels, data } = decodePicture(bytes, 'x', decoders);
  assert.equal(data.length, width * height * channels);
}

export const png: FuzzTarget = target({
  name: 'png',
  says: 'PNG pictures, as the package fast-png decodes them',
  weight: 0.2,
  inputs: nearlyBytes(...PNG),
  read: check,
});

export const jpeg: FuzzTarget = target({
  name: 'jpeg',
  says: 'JPEG pictures, as the package jpeg-js decodes them',
  weight: 0.2,
  inputs: nearlyBytes(...JPEG, HUGE),
  read: check,
});
