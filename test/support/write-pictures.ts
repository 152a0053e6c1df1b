/** @file Folders of PNG files that a test makes itself. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { Random } from '../../src/random/random.ts';

export interface PictureStyle {
  readonly height?: number;
  readonly width?: number;
  readonly channels?: 1 | 3;
  readonly seed?: number;
}

/** The pixels of picture `index` of a class: noise, brighter in the part that is the class's own. */
export function pixelsOf(
  label: number,
  index: number,
  { height = 8, width = 8, channels = 3, seed = 1 }: PictureStyle = {},
): Uint8Array<ArrayBuffer> {
  const random = Random.seeded(seed).fork(`${label} ${index}`);
  const rows = Math.ceil(height / 3);
  return Uint8Array.from({ length: height * width * channels }, (_, i) => {
    const row = Math.floor(i / (width * channels));
    return random.integer(60) + (Math.floor(row / rows) === label ? 180 : 10);
  });
}

export const pngOf = (
  data: Uint8Array,
  { height = 8, width = 8, channels = 3 }: PictureStyle = {},
): Uint8Array => encode({ height, width, channels, data: Uint8Array.from(data), depth: 8 });

/** `folder`/CLASS/00.png and so on. */
export async function writePictures(
  folder: string,
  classes: readonly string[],
  count: number,
  style: PictureStyle = {},
): Promise<void> {
  for (const [label, name] of classes.entries()) {
    await mkdir(join(folder, name), { recursive: true });
    for (let i = 0; i < count; i++) {
      const file = join(folder, name, `${String(i).padStart(3, '0')}.png`);
      await writeFile(file, pngOf(pixelsOf(label, i, style), style));
    }
  }
}
