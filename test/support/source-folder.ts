/** @file The folder of the sources, src/, for tests that read them: also when the tests themselves are built and run from dist/. */

export const SOURCE_FOLDER: URL = new URL(
  import.meta.url.endsWith('.ts') ? '../../src/' : '../../../src/',
  import.meta.url,
);
