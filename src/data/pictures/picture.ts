/** @file A picture as bytes, and what decodes files to it. */

/** A picture of any size: bytes [height, width, channels], channels last. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  /** 1: grey; 3: red, green, blue. */
  readonly channels: 1 | 3;
  readonly data: Uint8Array<ArrayBufferLike>;
}

/** What `fast-png`'s `decode` gives, as far as it is looked at. */
export interface DecodedPng {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
  /** Bits of a value. */
  readonly depth: number;
  readonly channels: number;
  readonly palette?: readonly (readonly number[])[];
  /** Without an alpha channel: the one colour that is transparent. */
  readonly transparency?: Uint16Array;
}

/** What `jpeg-js`'s `decode` gives, as far as it is looked at. */
export interface DecodedJpeg {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** How `jpeg-js` is asked. */
export interface JpegOptions {
  readonly useTArray: true;
  readonly formatAsRGBA: boolean;
  readonly tolerantDecoding: boolean;
  readonly maxResolutionInMP: number;
}

/** The packages that decode: `{ png: fastPng.decode, jpeg: jpegJs.decode }`. A picture of a kind without one is refused. */
export interface PictureDecoders {
  /** `decode` of the package fast-png. */
  readonly png?: ((bytes: Uint8Array, options: { readonly checkCrc: boolean }) => DecodedPng) | undefined;
  /** `decode` of the package jpeg-js. */
  readonly jpeg?: ((bytes: Uint8Array, options: JpegOptions) => DecodedJpeg) | undefined;
}

/** Pixels of a picture at most: what a header claims is believed up to here. */
export const MAX_PIXELS = 67_108_864;
