/**
 * @file Where the neurons of a layer stand in its picture: one map beside another for each channel, with a pixel between them; a layer
 * without maps is one block, twice as wide as high.
 */
import type { MapShape } from '../../nn/architecture.ts';

export interface Tiles {
  readonly width: number;
  readonly height: number;
  /** The pixel of a neuron. */
  pixelOf(index: number): number;
  /** The neuron of a pixel; -1 between the maps. */
  indexAt(x: number, y: number): number;
  /** The neuron that an arrow key leads to; null for other keys. */
  moved(index: number, key: string): number | null;
}

/** The picture is about this many times as wide as it is high. */
const ASPECT = 2;

export function layOut([height, width, channels]: MapShape): Tiles {
  const flat = height * width === 1;
  const gap = flat ? 0 : 1;
  const ratio = (ASPECT * (height + gap)) / (width + gap);
  const across = Math.max(1, Math.min(channels, Math.round(Math.sqrt(channels * ratio))));
  const down = Math.ceil(channels / across);
  const [cellWidth, cellHeight] = [width + gap, height + gap];
  const whole = { width: across * cellWidth - gap, height: down * cellHeight - gap };
  const pixelOf = (index: number): number => {
    const c = index % channels;
    const at = Math.floor(index / channels);
    const x = (c % across) * cellWidth + (at % width);
    const y = Math.floor(c / across) * cellHeight + Math.floor(at / width);
    return y * whole.width + x;
  };
  const indexAt = (x: number, y: number): number => {
    const [column, row] = [Math.floor(x / cellWidth), Math.floor(y / cellHeight)];
    const [inX, inY] = [x % cellWidth, y % cellHeight];
    const c = row * across + column;
    const inside = inX < width && inY < height && column < across && c < channels && x >= 0 && y >= 0;
    return inside ? (inY * width + inX) * channels + c : -1;
  };
  const moved = (index: number, key: string): number | null => {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    if (!direction) return null;
    const at = pixelOf(index);
    let [x, y] = [at % whole.width, Math.floor(at / whole.width)];
    // Past the pixel between two maps.
    for (let i = 0; i <= gap; i++) {
      x += direction[0]!;
      y += direction[1]!;
      const found = x < whole.width && y < whole.height ? indexAt(x, y) : -1;
      if (found >= 0) return found;
    }
    return index;
  };
  return { ...whole, pixelOf, indexAt, moved };
}
