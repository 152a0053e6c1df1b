/** @file The licences of the packages in a bundle: most of them ask that their notice goes where their code goes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param inputs the files of a bundle, from the root of the project, as esbuild lists them
 * @returns every package among them with its licence and the whole notice
 * @throws Error when a package names none
 */
export function licencesOf(root: string, inputs: readonly string[]): string {
  const folders = new Set(
    inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
  );
  const notices = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (license === undefined && file === undefined)
      throw new Error(`${folder}: expected a licence, found none`);
    const notice = file === undefined ? '' : readFileSync(join(root, folder, file), 'utf8').trim();
    return `${name} ${version} (${license})\n\n${notice}\n`;
  });
  return notices.join(`\n${'-'.repeat(78)}\n\n`);
}
