/**
 * @file Draws one handwritten digit: a way of writing it, a hand, ink, sometimes a stray mark, and the grain of the paper.
 */
import type { Random } from '../../random/random.ts';
import { GLYPHS } from './glyphs.ts';
import { drawInk } from './ink.ts';
import { addSegment, bell, emptyPath, type Hand, type Path, writeGlyph } from './pen.ts';

/** Pixels along each side. */
export const PAGE_SIZE = 28;

/** Scratch memory, used again for every digit. */
export interface Desk {
  readonly path: Path;
  readonly page: Float64Array;
}

export function emptyDesk(): Desk {
  return { path: emptyPath(), page: new Float64Array(PAGE_SIZE * PAGE_SIZE) };
}

/** Writes the digit's 28 x 28 grey bytes (0 paper, 255 ink) to `image`. The generator alone decides how it looks. */
export function drawDigit(
  image: Uint8Array<ArrayBufferLike>,
  digit: number,
  random: Random,
  desk: Desk,
): void {
  const { path, page } = desk;
  path.count = 0;
  const ways = GLYPHS[digit]!;
  const glyph = ways[random.integer(ways.length)]!;
  writeGlyph(path, glyph, someHand(random), random);
  if (random.uniform() < 0.2) addStrayMark(path, random);
  drawInk(page, PAGE_SIZE, path);
  addGrain(image, page, random);
}

function someHand(random: Random): Hand {
  const height = random.uniform(14, 21);
  const middle = (PAGE_SIZE - 1) / 2;
  return {
    centerX: middle + random.uniform(-3, 3),
    centerY: middle + random.uniform(-2.5, 2.5),
    width: height * random.uniform(0.5, 0.95),
    height,
    slant: 0.12 + 0.18 * bell(random),
    turn: 0.05 * bell(random),
    bowX: 0.05 * bell(random),
    bowY: 0.03 * bell(random),
    wobble: random.uniform(0.01, 0.045),
    radius: random.uniform(0.6, 1.7),
    pressure: 0.2 * bell(random),
  };
}

/** A short line near the edge, as from a neighbouring word. */
function addStrayMark(path: Path, random: Random): void {
  const far = random.uniform() < 0.5 ? random.uniform(0, 3) : random.uniform(24, 27);
  const along = random.uniform(2, 25);
  const [x, y] = random.uniform() < 0.5 ? [far, along] : [along, far];
  addSegment(path, x, y, x + 2 * bell(random), y + 2 * bell(random), random.uniform(0.4, 0.9));
}

/** Adds the contrast of the pen and the noise of the paper; 32 random bits serve four pixels. */
function addGrain(image: Uint8Array<ArrayBufferLike>, page: Float64Array, random: Random): void {
  const contrast = random.uniform(150, 255);
  const grain = random.uniform(0, 36) / 128;
  for (let i = 0; i < page.length; i += 4) {
    let bits = random.bits();
    for (let k = i; k < i + 4; k++, bits >>>= 8) {
      const value = contrast * page[k]! + grain * ((bits & 255) - 127.5);
      image[k] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
    }
  }
}
