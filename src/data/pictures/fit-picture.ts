/** @file A picture made to fit: as grey or colour, and of the size that is asked for. */

import type { Picture } from './picture.ts';
import { resample } from './resample.ts';

/** Shares of red, green and blue in a grey (ITU-R BT.601), of 65,536; rounded as Pillow's `convert('L')` does it. */
const [RED, GREEN, BLUE] = [19595, 38470, 7471];

/**
 * The picture in grey (1) or in colour (3); itself when it is.
 * @example
 * withChannels({ height: 1, width: 1, channels: 3, data: Uint8Array.of(255, 0, 0) }, 1).data; // [76]
 */
export function withChannels(picture: Picture, channels: 1 | 3): Picture {
  const { height, width, data } = picture;
  if (picture.channels === channels) return picture;
  const pixels = height * width;
  const out = new Uint8Array(pixels * channels);
  for (let i = 0; i < pixels; i++) {
    if (channels === 3) out.fill(data[i]!, 3 * i, 3 * i + 3);
    else out[i] = (RED * data[3 * i]! + GREEN * data[3 * i + 1]! + BLUE * data[3 * i + 2]! + 32768) >> 16;
  }
  return { height, width, channels, data: out };
}

/**
 * The picture in another size: area averaging where it shrinks, bilinear where it grows, each direction by itself; itself when it
 * has that size.
 * @example
 * withSize({ height: 1, width: 2, channels: 1, data: Uint8Array.of(0, 200) }, 1, 1).data; // [100]
 */
export function withSize(picture: Picture, height: number, width: number): Picture {
  if (picture.height === height && picture.width === width) return picture;
  return { ...picture, height, width, data: resample(picture, height, width) };
}
