/** @file Which run measured what, where later runs are put among earlier ones (`--into FILE`). */
import { InputError } from '../src/errors.ts';
import { readJson } from '../src/io/files.ts';
import type { Machine } from '../src/report/result.ts';

/** A run that measured something. */
export interface RunOrigin {
  readonly version: string;
  readonly date: string;
  readonly machine: Machine;
}

/** A run, and the networks whose figures are its. */
export interface NetworksOrigin extends RunOrigin {
  readonly networks: readonly string[];
  /** Networks of earlier runs of which it measured what those did not: the accuracy without the training grid. */
  readonly completed?: readonly string[];
}

/** What a file of several runs says of them. */
export interface OfRuns extends RunOrigin {
  /** Absent: all are of this run. */
  readonly origins?: readonly NetworksOrigin[];
}

/**
 * What an earlier run of the command wrote.
 * @param list where it keeps what it measured
 * @throws InputError when it is another file
 */
export async function readRuns<K extends string, T extends OfRuns & Readonly<Record<K, readonly unknown[]>>>(
  path: string,
  command: string,
  list: K,
): Promise<T> {
  const found = (await readJson(path)) as { readonly command?: unknown } & T;
  if (found?.command !== command || !Array.isArray(found[list]))
    throw new InputError(
      `--into ${path}: expected what npm run ${command} -- --json wrote, found something else; leave it out, or give that file`,
    );
  return found;
}

type Named = readonly { readonly name: string }[];

/** Where its networks' figures come from, in the order in which they were measured. */
export function originsOf(
  { version, date, machine, origins }: OfRuns,
  networks: Named,
): readonly NetworksOrigin[] {
  return origins ?? [{ version, date, machine, networks: networks.map(({ name }) => name) }];
}

/** The same with a later run, whose networks are no longer those of the runs before. */
export function withRun(origins: readonly NetworksOrigin[], now: NetworksOrigin): NetworksOrigin[] {
  const left = origins.map((origin) => {
    const networks = origin.networks.filter((name) => !now.networks.includes(name));
    const completed = origin.completed?.filter((name) => !now.networks.includes(name));
    return { ...origin, networks, ...(completed && { completed }) };
  });
  return [...left, now].filter(({ networks, completed }) => networks.length + (completed?.length ?? 0) > 0);
}

/** The earlier ones in their places, each as it was measured last; new ones behind them. */
export function merged<T extends { readonly name: string }>(earlier: readonly T[], now: readonly T[]): T[] {
  const places = [...earlier, ...now.filter(({ name }) => !earlier.some((one) => one.name === name))];
  return places.map((one) => now.find(({ name }) => name === one.name) ?? one);
}
