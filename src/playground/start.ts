/**
 * @file Runs before anything else of the page: the worker has the most to read, so it begins while the page is still being loaded.
 */

declare global {
  /** Does all of the work; see worker.ts. */
  var playgroundWorker: Worker;
}

globalThis.playgroundWorker = new Worker(new URL('worker.js', document.baseURI), { type: 'module' });

export {};
