/** @file Every page that is read as it stands: the top level, the guide, and what they lead to. */
import { readdirSync } from 'node:fs';

const FOLDERS = ['', 'docs/', 'docs/guide/', 'docs/measured/', 'datasets/', 'test/examples/', 'src/memory/'];

/** From the project's root. */
export const allPages = (root: URL): string[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(new URL(`./${folder}`, root))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}${name}`),
  );
