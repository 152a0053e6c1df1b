/**
 * @file Where the built page lies: dist/playground in a clone; for those who installed strelu it is a package of its own, looked for
 * beside strelu and from the working folder. It weighs more than strelu itself may.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from '../../errors.ts';
import { isFile } from '../../io/files.ts';
import { installWords } from '../../platform/optional-package.ts';

/** @throws InputError when it is in none of these places */
export async function playgroundFolder(): Promise<string> {
  // As source, as compiled source in dist/src, as the package in dist/lib.
  for (const path of ['../../../dist/playground', '../../../playground', '../playground']) {
    const folder = fileURLToPath(new URL(path, import.meta.url));
    if (await isFile(`${folder}/index.html`)) return folder;
  }
  for (const from of [import.meta.url, pathToFileURL(`${process.cwd()}/package.json`)]) {
    try {
      return dirname(createRequire(from).resolve('strelu-playground/index.html'));
    } catch {
      // Not installed there.
    }
  }
  throw new InputError(
    `playground: expected the built page, found none; in a clone npm run build:playground, elsewhere ${installWords('playground', 'strelu-playground')}`,
  );
}
