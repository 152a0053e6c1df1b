/**
 * @file Runs the examples in the doc comments of src/. A line `expression; // value` is checked against the value,
 * where the comment begins with one (literals, arrays, objects); other comments are prose.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { exampleScope } from './example-scope.ts';
import { SOURCE_FOLDER } from './support/source-folder.ts';

/** The modules as they run here: sources, or what was built from them (without comments). */
const MODULES = new URL('../src/', import.meta.url);
const BUILT = !import.meta.url.endsWith('.ts');

interface Example {
  readonly file: string;
  readonly code: string;
}

async function findExamples(): Promise<Example[]> {
  const files = (await readdir(SOURCE_FOLDER, { recursive: true }))
    .filter((file) => /(?<!\.d)\.(ts|js)$/.test(file))
    .sort();
  const found: Example[] = [];
  for (const file of files) {
    const text = await readFile(new URL(file.replaceAll('\\', '/'), SOURCE_FOLDER), 'utf8');
    for (const [, block] of text.matchAll(/@example\n([\s\S]*?)(?:\n\s*\* @|\s*\*\/)/g)) {
      found.push({ file, code: block!.replace(/^\s*\* ?/gm, '') });
    }
  }
  return found;
}

/** The value that a comment states, or undefined when it is prose. */
function statedValue(comment: string): { value: unknown } | undefined {
  const literal = comment.split(/(?<=^(?:true|false|null|'[^']*'|-?[\d.]+))[:,;] /)[0]!;
  try {
    return { value: new Function(`return (${literal});`)() };
  } catch {
    return undefined;
  }
}

const plain = (value: unknown): unknown => (ArrayBuffer.isView(value) ? [...(value as Float32Array)] : value);

async function runExample({ file, code }: Example, scope: Record<string, unknown>): Promise<void> {
  const own = /cli\/main|memory\/lane/.test(file)
    ? {}
    : await import(new URL(BUILT ? file.replace(/\.ts$/, '.js') : file, MODULES).href);
  const check = (actual: unknown, comment: string): void => {
    const stated = statedValue(comment);
    if (stated) assert.deepEqual(plain(actual), stated.value, `${file}: ${comment}`);
  };
  const body = code.replace(
    /^(?!(?:const|let|import|for|if) )(.+?);[ ]+\/\/ (.*)$/gm,
    (_, expression, comment) => {
      return `$check(${expression}, ${JSON.stringify(comment)});`;
    },
  );
  const names = { ...scope, ...own, $check: check };
  const declared = [...body.matchAll(/^(?:const|let) (?:(\w+)|\{([^}]*)\})/gm)].flatMap((match) =>
    (match[1] ?? match[2]!).split(',').map((name) => name.trim()),
  );
  const parameters = Object.keys(names).filter((name) => !declared.includes(name));
  const AsyncFunction = (async () => {}).constructor as new (
    ...text: string[]
  ) => (...values: unknown[]) => Promise<void>;
  await new AsyncFunction(...parameters, body)(
    ...parameters.map((name) => names[name as keyof typeof names]),
  );
}

const examples = await findExamples();

test('there are examples', () => assert.ok(examples.length >= 20));

const { names, close } = exampleScope();
for (const example of examples) {
  test(`${example.file}: ${example.code.split('\n')[0]}`, () => runExample(example, names));
}
test('the scope closes', () => close());
