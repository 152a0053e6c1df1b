/**
 * @file Test images of a data set, where the server has them: one class for each, then the pictures.
 */
import { type MapShape, mapSize } from '../nn/architecture.ts';
import type { Sample } from './protocol.ts';

/** @throws Error when they cannot be read */
export async function fetchSamples(dataset: string, shape: MapShape): Promise<Sample[]> {
  const response = await fetch(`samples/${dataset}`);
  if (!response.ok) throw new Error(`${dataset}: expected test images, found status ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const size = mapSize(shape);
  const count = bytes.length / (size + 1);
  return Array.from({ length: count }, (_, i) => ({
    label: bytes[i]!,
    picture: bytes.slice(count + i * size, count + (i + 1) * size),
  }));
}
