/** @file Where the module of the filling thread is found: by Node and Deno (source or built), and by every bundler. */
import type { ThreadModule } from '../../platform/threads.ts';

// Not `import.meta.url` within `new URL` here: a bundler would look for both files.
const here = import.meta.url;

export const FILLER_MODULE: ThreadModule = {
  address: new URL(here.endsWith('.ts') ? './filler.ts' : './filler.js', here),
  inBrowser: () => new Worker(new URL('./filler.js', import.meta.url), { type: 'module' }),
};
