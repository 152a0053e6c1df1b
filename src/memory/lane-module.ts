/** @file Where the module of a lane is found: by Node and Deno (source or built), and by every bundler. */
import type { ThreadModule } from '../platform/threads.ts';

export const LANE_MODULE: ThreadModule = {
  address: new URL(import.meta.url.endsWith('.ts') ? './lane.ts' : './lane.js', import.meta.url),
  inBrowser: () => new Worker(new URL('./lane.js', import.meta.url), { type: 'module' }),
};
