/**
 * @file Packages that strelu uses when they are there. They are looked for beside strelu, as any import is, and then from the
 * working folder: a strelu that was installed globally or fetched by npx lies elsewhere than the packages of the user's project.
 */

interface Host {
  readonly process?: {
    cwd(): string;
    getBuiltinModule?: (name: string) => unknown;
  };
}

/**
 * Loads an optional package.
 * @param name as it is installed
 * @param load the import beside strelu, written out by the caller so that bundlers and types see it; what a page may bundle, within a `try`
 * @throws what `load` threw, when the package is in neither place
 */
export async function importOptional<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const address = fromWorkingFolder(name);
    if (address === null) throw error;
    return (await import(address)) as T;
  }
}

/** The `catch` of such a `try`, by which esbuild and webpack know that a package may be missing: they warn, and leave it to the program. */
export const missing = (error: unknown): never => {
  throw error;
};

/** The address of a package that the working folder's node_modules has, or null. */
function fromWorkingFolder(name: string): string | null {
  const { process } = globalThis as Host;
  const module = process?.getBuiltinModule?.('node:module') as typeof import('node:module') | undefined;
  const url = process?.getBuiltinModule?.('node:url') as typeof import('node:url') | undefined;
  if (!process || !module || !url) return null;
  const { href } = url.pathToFileURL(`${process.cwd()}/`);
  try {
    return url.pathToFileURL(module.createRequire(`${href}package.json`).resolve(name)).href;
  } catch {
    return null;
  }
}

/** What to type to get optional packages, in a project and without one. */
export const installWords = (command: string, ...names: readonly string[]): string =>
  `npm i ${names.join(' ')} (without a project: npx -p strelu ${names.map((name) => `-p ${name}`).join(' ')} strelu ${command})`;
