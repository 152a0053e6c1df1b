/**
 * @file What `require('strelu')` gives, for TypeScript: the package is one of modules, which Node's require loads as they are, so the
 * types of CommonJS are those of the modules under the same names. `export *` from a module is refused in a CommonJS declaration;
 * each value and each class is named.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DIST } from './compile.ts';

/** The text of ENTRY.d.cts beside the folder of the modules' declarations. */
export async function commonJsTypes(entry: string): Promise<string> {
  const values: object = await import(pathToFileURL(join(DIST, 'lib', `${entry}.js`)).href);
  const from = `'./src/${entry}.js' with { 'resolution-mode': 'import' }`;
  const lines = Object.entries(values).flatMap(([name, value]) => [
    `export declare const ${name}: typeof modules.${name};`,
    ...(isClass(value) ? [`export type ${name} = modules.${name};`] : []),
  ]);
  return [`import type * as modules from ${from};`, `export type * from ${from};`, ...lines, ''].join('\n');
}

const isClass = (value: unknown): boolean =>
  typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
