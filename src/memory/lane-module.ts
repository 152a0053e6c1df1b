/** @file Where the module of a lane is found: by Node and Deno (source or built), and by every bundler. */
import type { ThreadModule } from '../platform/threads.ts';

// Not `import.meta.url` within `new URL` here: a bundler would look for both files.
const here = import.meta.url;

export const LANE_MODULE: ThreadModule = {
  address: new URL(here.endsWith('.ts') ? './lane.ts' : './lane.js', here),
  inBrowser: () => new Worker(new URL('./lane.js', import.meta.url), { type: 'module' }),
};
