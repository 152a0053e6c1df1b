/** @file pretrained:NAME on the command line: where its results go, and what is said where no such name can stand. */
import { basename } from 'node:path';
import { UsageError } from '../errors.ts';
import { isPretrained } from '../io/pretrained-prefix.ts';
import { shellWord } from '../platform/shell-words.ts';

/** What the name of a result is made of: beside the network, or in runs/ where that is one of the program's own. */
export const usualPlace = (given: string, path: string): string =>
  path === given ? path : `runs/${basename(path)}`;

/** @throws UsageError for the name of a network, InputError for one that no network has */
export async function refusePretrained(name: string, path: string): Promise<void> {
  if (!isPretrained(path)) return;
  const { networkPath } = await import('../io/pretrained.ts');
  await networkPath(path);
  throw new UsageError(
    `${name}: expected a file, found ${path}, which is trained and not spiking; make a spiking one of it first: strelu convert ${shellWord(path)} --out FILE`,
  );
}
