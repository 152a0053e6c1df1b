/**
 * @file Runs a program as a page or a notebook shows it: `strelu` and `strelu/node` are the sources (or what was built from them), and a line
 * `console.log(x); // value` is checked where the comment begins with a literal.
 *
 * Types are taken away without a compiler, so that every runtime runs the same text. A page may write them in these places only:
 *
 *     import { type A, b } from 'strelu';       const x: A = ...       (x as A).y       x!.y, x![i], f(x!)
 */
import assert from 'node:assert/strict';
import * as strelu from '../../src/index.ts';
import { hasRelaxedSimd } from '../../src/kernels/assembler/assembler.ts';
import * as node from '../../src/node.ts';

const MODULES: Record<string, object> = { strelu, 'strelu/node': node };
/** Without relaxed SIMD (Node 20) trained weights differ in their last bits, and an image of a hundred may change its class. */
const TOLERANCE: number = hasRelaxedSimd ? 1e-9 : 1;

export function withoutTypes(code: string): string {
  return code
    .replaceAll(/^import type .*;\n/gm, '')
    .replaceAll(/(?<=^(?:const|let) \w+): .+?(?= = |;$)/gm, '')
    .replaceAll(/\((\w+) as \w+\)/g, '($1)')
    .replaceAll(/(?<=[\w)\]])!(?=[.[),;\s])/g, '');
}

/** `import { a, b as c } from 'm';` in a function: `const { a, b: c } = await $import('m');` */
function withoutImports(code: string): string {
  return code
    .replaceAll(/^import \{([^}]*)\} from ('[^']+');/gm, (_, names: string, module: string) => {
      const words = names.split(',').map((name) => name.trim());
      const values = words.filter((name) => name !== '' && !name.startsWith('type '));
      return `const { ${values.map((name) => name.replace(' as ', ': ')).join(', ')} } = await $import(${module});`;
    })
    .replaceAll(/^import \* as (\w+) from ('[^']+');/gm, 'const $1 = await $import($2);')
    .replaceAll(/^import (\w+) from ('[^']+');/gm, 'const { default: $1 } = await $import($2);');
}

/** The value that a comment begins with, or undefined when it is prose. */
export function statedValue(comment: string): { readonly value: unknown } | undefined {
  const literal = comment.split(/(?<=^(?:true|false|null|'[^']*'|-?[\d.]+|\[[^\]]*\]))[:,;] /)[0]!;
  try {
    return { value: new Function(`return (${literal});`)() };
  } catch {
    return undefined;
  }
}

/** Numbers within the tolerance, everything else as it is. */
function assertStated(actual: unknown, stated: unknown, message: string): void {
  if (typeof actual === 'number' && typeof stated === 'number') {
    assert.ok(Math.abs(actual - stated) <= TOLERANCE, `${message}: found ${actual}`);
  } else if (Array.isArray(stated)) {
    const found = [...(actual as unknown[])];
    assert.equal(found.length, stated.length, `${message}: found ${found}`);
    for (const [i, value] of stated.entries()) assertStated(found[i], value, message);
  } else assert.deepEqual(actual, stated, message);
}

async function load(specifier: string): Promise<object> {
  const name = specifier.replace(/^npm:/, ''); // as notebooks write it
  const module = MODULES[name];
  if (module || !/^strelu|^\./.test(name)) return module ?? (await import(name));
  throw new Error(`expected strelu, strelu/node or a package, found '${name}'`);
}

const AsyncFunction = (async () => {}).constructor as new (
  ...text: string[]
) => (...values: unknown[]) => Promise<void>;

/**
 * @param globals what the program finds where a reader runs it
 * @returns how many stated values were checked
 */
export async function runProgram(
  code: string,
  place: string,
  globals: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const body = withoutImports(withoutTypes(code)).replaceAll(
    /console\.log\((.*)\);[ ]+\/\/ (.*)$/gm,
    (_, values, comment) => `$stated(${JSON.stringify(comment)}, ${values});`,
  );
  let checked = 0;
  const state = (comment: string, ...values: unknown[]): void => {
    const stated = statedValue(comment);
    if (!stated) return;
    checked++;
    assertStated(values.length === 1 ? values[0] : values, stated.value, `${place}: ${comment}`);
  };
  const quiet = { ...console, log: () => {}, table: () => {} };
  const words = { $import: load, $stated: state, console: quiet, ...globals };
  await new AsyncFunction(...Object.keys(words), body)(...Object.values(words));
  return checked;
}
