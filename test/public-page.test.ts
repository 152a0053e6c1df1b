/**
 * @file What a user can import, a user can name and look up: every public name has a comment, and every type of ours in its
 * declaration is public too. Every public value has an example of its own (test/examples.test.ts runs it); a type has one, or is
 * shown by a name that has one and mentions it, in as many steps as it takes.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', SOURCE_FOLDER));
/** The inside of an elementwise program: nobody but its kernels looks at it. */
const OPAQUE = ['kernels/assembler/expression', 'kernels/elementwise/methods', 'kernels/elementwise/program'];

/** Where a name comes from: a module below src/, and the name there. */
interface Origin {
  readonly module: string;
  readonly name: string;
}

/** The declarations of a module without comments, as the compiler writes them. */
type Declarations = (module: string) => Promise<string>;

/** The names in the braces of imports or exports that have a source, by the name they have here. */
function linked(text: string, keyword: 'import' | 'export', from: string): Map<string, Origin> {
  const found = new Map<string, Origin>();
  const pattern = new RegExp(`^${keyword} (?:type )?\\{([^}]*)\\} from ['"](\\.[^'"]+)['"]`, 'gm');
  for (const [, names, path] of text.matchAll(pattern)) {
    const module = normalize(join(dirname(from), path!)).replace(/\.(ts|js)$/, '');
    for (const one of names!.split(',')) {
      const [name, alias] = one
        .trim()
        .replace(/^type /, '')
        .split(' as ');
      if (name) found.set(alias ?? name, { module, name });
    }
  }
  return found;
}

/** The module that declares a name, past the modules that only hand it on. */
async function declaredAt({ module, name }: Origin, read: Declarations): Promise<Origin> {
  const next = linked(await read(module), 'export', module).get(name);
  return next ? declaredAt(next, read) : { module, name };
}

/** Where the declaration of a name begins in the text of its module. */
function startOf({ module, name }: Origin, text: string): number {
  const words = '(?:declare )?(?:abstract )?(?:const|function|class|interface|type)';
  const start = text.search(new RegExp(`^export ${words} ${name}\\b`, 'm'));
  assert.ok(start >= 0, `${name} is not declared in ${module}`);
  return start;
}

/** All types of ours that the declaration of a name mentions. */
async function mentioned(origin: Origin, read: Declarations): Promise<Origin[]> {
  const text = await read(origin.module);
  const rest = text.slice(startOf(origin, text));
  const end = rest.search(/\n(?=export |declare |import |interface |type |class )/);
  const declaration = (end < 0 ? rest : rest.slice(0, end)).replaceAll(/^\s*(#|private ).*$/gm, '');
  const known = linked(text, 'import', origin.module);
  for (const [, name] of text.matchAll(
    /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class) (\w+)/gm,
  ))
    if (name !== origin.name) known.set(name!, { module: origin.module, name: name! });
  const used = [...known].filter(([name]) =>
    new RegExp(`(?<![\\w.'"])${name}(?![\\w'"]|\\s*[:?(])`).test(declaration),
  );
  return Promise.all(used.map(([, one]) => declaredAt(one, read)));
}

import { SOURCE_FOLDER } from './support/source-folder.ts';

/** The comment before the declaration of a name: its own, not the file's; '' for none. */
function commentOf(origin: Origin, text: string): string {
  const before = text.slice(0, startOf(origin, text)).trimEnd();
  const comment = before.endsWith('*/') ? before.slice(before.lastIndexOf('/**')) : '';
  return comment.includes('@file') ? '' : comment;
}

/** Whether a name is a type: nothing of it is left when the program runs. */
const isType = (origin: Origin, text: string): boolean =>
  /^export (?:interface|type)\b/.test(text.slice(startOf(origin, text)));

/** Compiles the declarations of all modules into a folder. */
async function emit(folder: string): Promise<void> {
  const compilerOptions = {
    noEmit: false,
    emitDeclarationOnly: true,
    rootDir: ROOT,
    outDir: folder,
    typeRoots: [join(ROOT, 'node_modules', '@types')],
  };
  const configuration = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions,
    include: [join(ROOT, 'src')],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(configuration));
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '--project', folder], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stdout);
}

test('every public name has a comment and an example, and every type in its declaration is public', {
  skip: 'deno' in process.versions && 'the compiler runs on Node',
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'strelu-types-'));
  try {
    await emit(folder);
    const raw: Declarations = (module) => readFile(join(folder, 'src', `${module}.d.ts`), 'utf8');
    const read: Declarations = async (module) =>
      (await raw(module)).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const id = ({ module, name }: Origin): string => `${name} of ${module}`;
    const exported = new Map<string, Origin>();
    for (const page of ['index', 'node'])
      for (const origin of linked(await read(page), 'export', page).values()) {
        const declared = await declaredAt(origin, read);
        exported.set(id(declared), declared);
      }
    assert.ok(exported.size > 200, `${exported.size}`);
    const bare: string[] = [];
    const missing: string[] = [];
    const types = new Set<string>();
    const named = new Map<string, readonly string[]>();
    const shown: string[] = [];
    for (const [user, origin] of exported) {
      const comment = commentOf(origin, await raw(origin.module));
      if (/^(?:\/\*\*[\s*]*@|$)/.test(comment)) bare.push(user);
      if (isType(origin, await read(origin.module))) types.add(user);
      if (comment.includes('@example')) shown.push(user);
      const used = await mentioned(origin, read);
      named.set(user, used.map(id));
      for (const one of used)
        if (!exported.has(id(one)) && !OPAQUE.includes(one.module)) missing.push(`${id(one)}, in ${user}`);
    }
    assert.deepEqual(bare, [], 'names without a comment that says something before its tags');
    assert.deepEqual(missing, [], 'types that cannot be imported');
    const values = [...exported.keys()].filter((name) => !types.has(name) && !shown.includes(name));
    assert.deepEqual(values, [], 'values without an example');
    const reached = new Set(shown);
    for (const name of reached) for (const one of named.get(name) ?? []) reached.add(one);
    const hidden = [...types].filter((name) => !reached.has(name));
    assert.deepEqual(hidden, [], 'types that no example shows: give them one of their own');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
