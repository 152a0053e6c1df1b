/**
 * @file HDF5 by h5wasm, an optional package that is loaded when the first file is written or read. It works on files in its own
 * memory, the same on Node, on Deno and in browsers.
 */
import { InputError } from '../../errors.ts';
import { importOptional, installWords, missing } from '../../platform/optional-package.ts';

export type H5wasm = typeof import('h5wasm');

/** What a file is written and read with. */
export interface Hdf5 {
  readonly h5: H5wasm;
  readonly files: {
    writeFile(path: string, bytes: Uint8Array): void;
    readFile(path: string): Uint8Array;
    unlink(path: string): void;
  };
}

const installed = (): Promise<H5wasm> =>
  importOptional('h5wasm', async () => {
    try {
      return await import('h5wasm');
    } catch (error) {
      return missing(error);
    }
  });

/**
 * @param load a test may hand in another
 * @throws InputError when the package is not installed
 */
export async function loadHdf5(load: () => Promise<H5wasm> = installed): Promise<Hdf5> {
  const h5 = await load().catch((cause: unknown) => {
    throw new InputError(
      `NIR files need the package h5wasm, which could not be loaded; ${installWords('export', 'h5wasm')}`,
      { cause },
    );
  });
  const module = await h5.ready;
  // errors as exceptions, and not as the library's stack on the console
  module.activate_throwing_error_handler();
  return { h5, files: module.FS as unknown as Hdf5['files'] };
}

let used = 0;

/** A name that no file in h5wasm's memory has. */
export const freshPath = (): string => `/strelu-${++used}.nir`;
