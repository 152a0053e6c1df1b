/**
 * @file The package's declarations in dist/types, with maps, so that "go to definition" ends in the source. Of the sources'
 * declarations only those stay that an entry's types can name, and of their comments those of public names: an editor shows them.
 * CommonJS sees the same declarations (commonjs-types.ts).
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commonJsTypes } from './commonjs-types.ts';
import { compile, DIST } from './compile.ts';
import { type Entry, type SourceMap, withEntries } from './source-map.ts';

const TYPES = join(DIST, 'types');

/** Writes dist/types; dist/lib is there already. */
export async function declarations(...entries: readonly string[]): Promise<void> {
  compile(...'--emitDeclarationOnly --sourceMap false --declarationDir dist/types'.split(' '));
  const paths = entries.map((name) => join(TYPES, 'src', `${name}.d.ts`));
  const reached = reachableFrom(paths);
  for (const file of readdirSync(TYPES, { recursive: true, encoding: 'utf8' })) {
    const path = join(TYPES, file);
    const declaration = path.replace(/\.map$/, '');
    if (declaration.endsWith('.d.ts') && !reached.has(declaration)) rmSync(path);
  }
  const names = namesIn(paths.map((path) => readFileSync(path, 'utf8')).join(''));
  for (const path of reached) slim(path, names);
  for (const name of entries) writeFileSync(join(TYPES, `${name}.d.cts`), await commonJsTypes(name));
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

/** What these exports hand on, under the names that it was declared with. */
function namesIn(text: string): Set<string> {
  const lists = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list]) => list!.split(','));
  return new Set(lists.map((name) => name.trim().replace(/^type | as .*/g, '')));
}

/** A file without the comments of what is not public; its map with the places of names alone. */
function slim(path: string, names: ReadonlySet<string>): void {
  const lines = readFileSync(path, 'utf8').split('\n');
  const isKept = keptLines(lines, names);
  writeFileSync(path, lines.filter((_, i) => isKept[i]).join('\n'));
  const map = JSON.parse(readFileSync(`${path}.map`, 'utf8')) as SourceMap;
  const slimmed = withEntries(map, (all) =>
    lines.map((line, i) => (all[i] ?? []).filter((entry) => isName(line, entry))).filter((_, i) => isKept[i]),
  );
  writeFileSync(`${path}.map`, JSON.stringify(slimmed));
}

const DECLARATION =
  /^(?:export )?(?:declare )?(?:abstract )?(?:const|function|class|interface|type|import) ([\w$]*)/;

/** For each line whether it stays: the comments of public declarations and of their members do. */
function keptLines(lines: readonly string[], names: ReadonlySet<string>): boolean[] {
  const isKept = lines.map(() => true);
  let waiting: number[] = [];
  let isComment = false;
  let isPublic = false;
  for (const [i, line] of lines.entries()) {
    const begins = /^\s*\/\*\*/.test(line);
    if (begins && !line.startsWith(' ')) {
      for (const before of waiting) isKept[before] = false; // a file's comment, before that of its first declaration
      waiting = [];
      isPublic = true; // until the declaration says whose it is
    }
    isComment ||= begins;
    if (isComment) {
      if (isPublic) waiting.push(i);
      else isKept[i] = false;
      isComment = !line.endsWith('*/');
      continue;
    }
    const declared = DECLARATION.exec(line);
    if (!declared) continue;
    isPublic = names.has(declared[1]!);
    if (!isPublic) for (const before of waiting) isKept[before] = false;
    waiting = [];
  }
  return isKept;
}

const BEFORE_A_NAME =
  /^\s*(?:(?:export|declare|abstract|readonly|static|const|function|class|interface|type|get|set) )*$/;
const NAME =
  /^(?!(?:export|declare|abstract|readonly|static|const|function|class|interface|type|get|set|import) )[\w$'[]/;

/** Whether this is where something is declared: what an editor asks a declaration map for. */
const isName = (line: string, { column }: Entry): boolean =>
  BEFORE_A_NAME.test(line.slice(0, column)) && NAME.test(line.slice(column));
