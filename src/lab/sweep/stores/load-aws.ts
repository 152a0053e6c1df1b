/** @file aws4fetch, an optional package that signs requests (Signature Version 4): loaded when a bucket is opened. */
import { InputError } from '../../../errors.ts';
import { importOptional, installWords } from '../../../platform/optional-package.ts';

export type Aws = typeof import('aws4fetch');

const installed = (): Promise<Aws> => importOptional('aws4fetch', () => import('aws4fetch'));

/** @param load a test may hand in another @throws InputError when the package is not installed */
export async function loadAws(load: () => Promise<Aws> = installed): Promise<Aws> {
  return load().catch((cause: unknown) => {
    throw new InputError(
      `a store on S3 needs the package aws4fetch, which could not be loaded; ${installWords('sweep', 'aws4fetch')}`,
      { cause },
    );
  });
}
