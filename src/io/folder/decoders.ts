/** @file The packages that decode pictures, as far as they are installed. */
import type { PictureDecoders } from '../../data/pictures/picture.ts';
import { importOptional } from '../../platform/optional-package.ts';
import { decodePlainPng } from './plain-png.ts';

/** Both are optional: what is missing is told of when a picture needs it. */
export async function loadDecoders(): Promise<PictureDecoders> {
  const png = await importOptional('fast-png', () => import('fast-png')).catch(() => undefined);
  const jpeg = await importOptional('jpeg-js', () => import('jpeg-js')).catch(() => undefined);
  const decode = png?.decode as PictureDecoders['png'];
  return {
    png: decode && ((bytes, options) => decodePlainPng(bytes) ?? decode(bytes, options)),
    jpeg: jpegDecode(jpeg),
  };
}

/** jpeg-js is a CommonJS module: what it exports may lie one step further in. */
function jpegDecode(found: unknown): PictureDecoders['jpeg'] {
  type Exports = { readonly decode?: PictureDecoders['jpeg']; readonly default?: Exports };
  const exports = found as Exports | undefined;
  return exports?.decode ?? exports?.default?.decode;
}
