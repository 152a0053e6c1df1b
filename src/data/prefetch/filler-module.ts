/** @file Where the module of the filling thread is found: by Node and Deno (source or built), and by every bundler. */
import type { ThreadModule } from '../../platform/threads.ts';

export const FILLER_MODULE: ThreadModule = {
  address: new URL(import.meta.url.endsWith('.ts') ? './filler.ts' : './filler.js', import.meta.url),
  inBrowser: () => new Worker(new URL('./filler.js', import.meta.url), { type: 'module' }),
};
