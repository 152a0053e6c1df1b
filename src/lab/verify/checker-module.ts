/** @file Where the module of a checking thread is found, source or built. */
import type { ThreadModule } from '../../platform/threads.ts';

// Not `import.meta.url` within `new URL` here: a bundler would look for both files.
const here = import.meta.url;

export const CHECKER_MODULE: ThreadModule = {
  address: new URL(here.endsWith('.ts') ? './checker.ts' : './checker.js', here),
  inBrowser: () => new Worker(new URL('./checker.js', import.meta.url), { type: 'module' }),
};
