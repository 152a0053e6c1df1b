/** @file A network's picture on a canvas: ink on paper where it is grey, as it is where it has colours. */
import type { NetworkFacts } from '../protocol.ts';
import { colours } from './colours.ts';

/** Before any network is known. */
const NONE: Pick<NetworkFacts, 'input' | 'ground'> = { input: [28, 28, 1], ground: 'dark' };

/** Fills the square of `side` pixels. */
export function drawPicture(
  context: CanvasRenderingContext2D,
  picture: Uint8Array,
  facts: Pick<NetworkFacts, 'input' | 'ground'> | null,
  side: number,
): void {
  const { input, ground } = facts ?? NONE;
  const [height, width, channels] = input;
  if (picture.length !== height * width * channels) return;
  const pixels = new ImageData(width, height);
  const { ink } = colours();
  for (let i = 0; i < height * width; i++) {
    if (channels === 3) {
      for (let c = 0; c < 3; c++) pixels.data[4 * i + c] = picture[3 * i + c]!;
      pixels.data[4 * i + 3] = 255;
    } else {
      pixels.data.set(ink, 4 * i);
      const value = picture[i * channels]!;
      pixels.data[4 * i + 3] = ground === 'bright' ? 255 - value : value;
    }
  }
  const small = new OffscreenCanvas(width, height);
  small.getContext('2d')!.putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, side, side);
}
