/**
 * @file The package's declarations: in dist/types with comments and maps, so that "go to definition" ends in the source; in dist/cts
 * once more, without them, for consumers that TypeScript takes for CommonJS (`require('strelu')` itself loads the same modules). Of
 * the sources' declarations only those stay that an entry's types can name.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compile, DIST } from './compile.ts';

const TYPES = join(DIST, 'types');
const ENTRIES = ['index', 'node'].map((name) => join(TYPES, 'src', `${name}.d.ts`));

/** Writes dist/types and dist/cts. */
export function declarations(): void {
  compile(...'--emitDeclarationOnly --sourceMap false --declarationDir dist/types'.split(' '));
  const reached = reachableFrom(ENTRIES);
  for (const file of readdirSync(TYPES, { recursive: true, encoding: 'utf8' })) {
    const path = join(TYPES, file);
    const declaration = path.replace(/\.map$/, '');
    if (declaration.endsWith('.d.ts') && !reached.has(declaration)) rmSync(path);
  }
  for (const path of reached) {
    const to = path.replace(TYPES, join(DIST, 'cts'));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, withoutComments(readFileSync(path, 'utf8')));
  }
  writeFileSync(join(DIST, 'cts', 'package.json'), '{ "type": "commonjs" }\n');
}

/** The declaration files that these import, and so on. */
function reachableFrom(entries: readonly string[]): Set<string> {
  const reached = new Set(entries);
  for (const path of reached) {
    for (const [, from] of readFileSync(path, 'utf8').matchAll(/(?:from |import\()["'](\.[^"']*)["']/g))
      reached.add(join(dirname(path), from!.replace(/\.[tj]s$/, '.d.ts')));
  }
  return reached;
}

/** Declarations have no texts with comment signs in them: what looks like a comment is one. */
function withoutComments(text: string): string {
  return text.replace(/\/\*\*[\s\S]*?\*\/\s*|^\/\/.*\n?/gm, '');
}
