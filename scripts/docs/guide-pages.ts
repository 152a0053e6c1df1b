/** @file The pages of the guide, in the order in which docs/guide/index.md links them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json: also where this module was built into dist/. */
export const ROOT: string = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../' : '../../../', import.meta.url),
);

export interface GuidePage {
  readonly file: string;
  /** What stands in its first heading. */
  readonly title: string;
}

/** @throws Error where a page has no heading, or is not there */
export function guidePages(): GuidePage[] {
  const folder = join(ROOT, 'docs', 'guide');
  const index = readFileSync(join(folder, 'index.md'), 'utf8');
  const names = [...index.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, name]) => name!);
  return [...new Set(names)].map((name) => {
    const file = join(folder, name);
    const title = readFileSync(file, 'utf8').match(/^# (.+)$/m)?.[1];
    if (title === undefined)
      throw new Error(`${file}: expected a heading "# ...", found none; begin with one`);
    return { file, title };
  });
}
