/**
 * @file Environment variables, where there are any: a browser has none, and Deno asks for the permission to read them.
 */

/** The value of a variable; undefined where it is not set, and where it may not be read. */
export function environment(name: string): string | undefined {
  const host = globalThis as { process?: { env?: Record<string, string | undefined> } };
  try {
    return host.process?.env?.[name];
  } catch {
    return undefined;
  }
}
