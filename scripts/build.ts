/**
 * @file `npm run build`: the package, in dist/.
 *
 *     dist/src, dist/test, dist/bench   JavaScript with source maps (no comments: the sources are in the package), then .d.ts with
 *                                       comments and declaration maps, so that "go to definition" ends in the source
 *     dist/cts                          the same declarations for consumers that TypeScript takes for CommonJS; `require('strelu')`
 *                                       itself loads the same modules (Node >= 20.19)
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

function compile(...words: string[]): void {
  const project = ['--project', join(root, 'tsconfig.build.json')];
  execFileSync(process.execPath, [compiler, ...project, ...words], { stdio: 'inherit' });
}

for (const folder of ['src', 'test', 'bench', 'cts'])
  rmSync(join(dist, folder), { recursive: true, force: true });
compile(
  ...'--removeComments --declaration false --isolatedDeclarations false --declarationMap false'.split(' '),
);
compile('--emitDeclarationOnly', '--sourceMap', 'false');
for (const file of readdirSync(join(dist, 'src'), { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.d.ts')) continue;
  const to = join(dist, 'cts', 'src', file);
  mkdirSync(dirname(to), { recursive: true });
  const text = readFileSync(join(dist, 'src', file), 'utf8');
  writeFileSync(to, text.replace(/\n\/\/# sourceMappingURL=.*/, ''));
}
writeFileSync(join(dist, 'cts', 'package.json'), '{ "type": "commonjs" }\n');
