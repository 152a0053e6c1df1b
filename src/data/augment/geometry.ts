/**
 * @file Moving an image's pixels: flip, shifted crop, and any affine map, by the nearest pixel.
 */
import type { MapShape } from '../../nn/architecture.ts';

/** Bytes of one image, height * width * channels, channels last. */
export type Bytes = Uint8Array<ArrayBufferLike>;

/** One byte per channel, for pixels from outside the image. */
export type Fill = readonly number[];

/** Exchanges left and right, in place. */
export function flip(image: Bytes, [height, width, channels]: MapShape): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width >> 1; x++) {
      const a = (y * width + x) * channels;
      const b = (y * width + width - 1 - x) * channels;
      for (let c = 0; c < channels; c++) {
        const left = image[a + c]!;
        image[a + c] = image[b + c]!;
        image[b + c] = left;
      }
    }
  }
}

/** Pixel (y, x) becomes what was at (y + down, x + right), `fill` outside. In place. */
export function shift(image: Bytes, shape: MapShape, down: number, right: number, fill: Fill): void {
  if (down === 0 && right === 0) return;
  const [height, width, channels] = shape;
  const from = image.slice();
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += channels) {
      copyPixel(from, shape, y + down, x + right, fill, image, to);
    }
  }
}

/** A place outside 0 .. length - 1 reflected into it, the border itself not repeated: -1 is 1, length is length - 2. */
function reflected(place: number, length: number): number {
  const period = Math.max(1, 2 * (length - 1));
  const within = ((place % period) + period) % period;
  return Math.min(within, period - within);
}

/** As `shift`, with the image's own reflection outside. In place. */
export function reflectedShift(image: Bytes, shape: MapShape, down: number, right: number): void {
  if (down === 0 && right === 0) return;
  const [height, width, channels] = shape;
  const from = image.slice();
  for (let y = 0, to = 0; y < height; y++) {
    const row = reflected(y + down, height) * width;
    for (let x = 0; x < width; x++, to += channels) {
      const at = (row + reflected(x + right, width)) * channels;
      for (let c = 0; c < channels; c++) image[to + c] = from[at + c]!;
    }
  }
}

/**
 * The pixel with its centre at (x, y) becomes the one in which (a x + b y + c, d x + e y + f) lies; x and y count from
 * the image's upper left corner, so that the first pixel's centre is (0.5, 0.5). In place.
 */
export function affine(image: Bytes, shape: MapShape, map: Affine, fill: Fill): void {
  const [height, width, channels] = shape;
  const [a, b, c, d, e, f] = map;
  const from = image.slice();
  for (let row = 0, to = 0; row < height; row++) {
    for (let column = 0; column < width; column++, to += channels) {
      const x = column + 0.5;
      const y = row + 0.5;
      copyPixel(from, shape, Math.floor(d * x + e * y + f), Math.floor(a * x + b * y + c), fill, image, to);
    }
  }
}

/** The map x' = a x + b y + c, y' = d x + e y + f. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Rotation about the centre, counter-clockwise as one looks at the image. */
export function rotation(degrees: number, [height, width]: MapShape): Affine {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const [x, y] = [width / 2, height / 2];
  return [cosine, -sine, x - cosine * x + sine * y, sine, cosine, y - sine * x - cosine * y];
}

function copyPixel(
  from: Bytes,
  [height, width, channels]: MapShape,
  y: number,
  x: number,
  fill: Fill,
  to: Bytes,
  at: number,
): void {
  const inside = y >= 0 && y < height && x >= 0 && x < width;
  const source = (y * width + x) * channels;
  for (let c = 0; c < channels; c++) to[at + c] = inside ? from[source + c]! : fill[c]!;
}
