/** @file Where the module of a decoding thread is found. Folders are read on Node and Deno only. */
import type { ThreadModule } from '../../platform/threads.ts';

// Not `import.meta.url` within `new URL` here: a bundler would look for both files.
const here = import.meta.url;

export const DECODE_MODULE: ThreadModule = {
  address: new URL(here.endsWith('.ts') ? './decode-worker.ts' : './decode-worker.js', here),
  inBrowser: () => {
    throw new Error('folders of pictures are read on Node and Deno only');
  },
};
