/** @file A network's picture on a canvas: ink on paper where it is grey, as it is where it has colours. */
import type { MapShape } from '../../nn/architecture.ts';
import { colours } from './colours.ts';

/** Fills the square of `side` pixels. */
export function drawPicture(
  context: CanvasRenderingContext2D,
  picture: Uint8Array,
  [height, width, channels]: MapShape,
  side: number,
): void {
  if (picture.length !== height * width * channels) return;
  const pixels = new ImageData(width, height);
  const { ink } = colours();
  for (let i = 0; i < height * width; i++) {
    if (channels === 3) {
      for (let c = 0; c < 3; c++) pixels.data[4 * i + c] = picture[3 * i + c]!;
      pixels.data[4 * i + 3] = 255;
    } else {
      pixels.data.set(ink, 4 * i);
      pixels.data[4 * i + 3] = picture[i * channels]!;
    }
  }
  const small = new OffscreenCanvas(width, height);
  small.getContext('2d')!.putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, side, side);
}
