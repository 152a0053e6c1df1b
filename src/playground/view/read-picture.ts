/** @file A picture of one's own, as a network takes it: cut to its middle, in the network's size, on the ground that it learned. */
import type { NetworkFacts } from '../protocol.ts';

/** Above this mean a grey picture has dark ink on bright paper. */
const BRIGHT = 127;

/** @throws Error when the browser cannot read the file */
export async function readPicture(
  file: Blob,
  { input: [height, width, channels], ground }: Pick<NetworkFacts, 'input' | 'ground'>,
): Promise<Uint8Array> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new Error(
      `${file instanceof File ? file.name : 'picture'}: expected a picture that the browser can read (PNG, JPEG, WebP), found something else`,
    );
  });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const scale = Math.max(width / picture.width, height / picture.height);
  const [w, h] = [picture.width * scale, picture.height * scale];
  context.fillStyle = '#000';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h);
  picture.close();
  const { data } = context.getImageData(0, 0, width, height);
  if (channels === 3)
    return Uint8Array.from({ length: 3 * height * width }, (_, i) => data[4 * Math.floor(i / 3) + (i % 3)]!);
  const grey = Uint8Array.from(
    { length: height * width },
    (_, i) => 0.299 * data[4 * i]! + 0.587 * data[4 * i + 1]! + 0.114 * data[4 * i + 2]!,
  );
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  const other = ground !== 'either' && mean > BRIGHT !== (ground === 'bright');
  return other ? grey.map((value) => 255 - value) : grey;
}
