/** @file Test pictures: of what the open network learned where that is at hand, else digits that the program draws, in its size. */
import { imageAt } from '../../data/dataset.ts';
import { drawStrokes } from '../../data/strokes.ts';
import type { MapShape } from '../../nn/architecture.ts';
import type { Sample } from '../protocol.ts';
import { opened, type Workbench } from './workbench.ts';

export function samplePicture(bench: Workbench, index: number): Sample {
  const own = opened(bench).data?.test;
  if (own) {
    const at = index % own.count;
    return { picture: imageAt(own, at).slice(), label: own.labels[at]! };
  }
  const { images, labels, shape } = drawStrokes({ count: index + 1, seed: 1, split: 'test' });
  const digit = images.slice(index * shape[0] * shape[1]);
  return { picture: inTheMiddle(digit, shape[0], opened(bench).snn.input), label: labels[index]! };
}

/** A square grey picture in the middle of a map of another size, the same in every channel. */
function inTheMiddle(grey: Uint8Array, side: number, [height, width, channels]: MapShape): Uint8Array {
  const [down, right] = [height, width].map((length) => Math.floor((length - side) / 2)) as [number, number];
  return Uint8Array.from({ length: height * width * channels }, (_, i) => {
    const at = Math.floor(i / channels);
    const [y, x] = [Math.floor(at / width) - down, (at % width) - right];
    return y >= 0 && y < side && x >= 0 && x < side ? grey[y * side + x]! : 0;
  });
}
