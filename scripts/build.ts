/**
 * @file `npm run build`: everything that is built, in dist/.
 *
 *     dist/src, dist/test, dist/bench   JavaScript, a file for each source: what the tests run on runtimes that do not read TypeScript
 *     dist/lib                          the package: its modules bundled (bundle.ts), so that an import reads a few files
 *     dist/types                        its declarations (declarations.ts)
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { toolOptions } from '../src/terminal/tool-options.ts';
import { bundle } from './bundle.ts';
import { compile, DIST } from './compile.ts';
import { declarations } from './declarations.ts';

toolOptions({
  name: 'build',
  says: [
    'Everything that is built, in dist/: the JavaScript of each source, the package and its declarations.',
  ],
});
for (const folder of ['src', 'test', 'bench', 'lib', 'types'])
  rmSync(join(DIST, folder), { recursive: true, force: true });
compile(
  ...'--removeComments --declaration false --isolatedDeclarations false --declarationMap false'.split(' '),
);
await bundle();
await declarations('index', 'node');
