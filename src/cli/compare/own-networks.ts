/** @file `compare --networks DIR`: the user's own networks, of one seed or, with --seeds, of each; looked at before anything is measured. */
import { join } from 'node:path';
import { InputError, UsageError } from '../../errors.ts';
import { checkAlike } from '../../lab/compare/check-alike.ts';
import { type Networks, ownNetworks } from '../../lab/compare/networks.ts';
import type { Training } from '../../lab/compare/trainings.ts';
import type { NetworkFile } from '../../lab/training/network-file.ts';
import { TRAINING_OPTIONS } from './compare-in-jobs.ts';
import type { CompareCall } from './options.ts';

/** Those of one seed. */
export interface OwnNetworks {
  /** Where they lie; null: none are the user's own. */
  readonly folder: string | null;
  readonly networks: Networks;
}

/**
 * For every seed, those of its folder.
 * @throws UsageError when a seed has none that is needed, others than the first or the same, or all are there, so that an option of
 * training would change nothing
 * @throws InputError when one is damaged, has another activation than its name says, or another architecture than the others
 */
export async function openOwnNetworks(
  { networks, seeds, seed }: CompareCall['options'],
  trainings: readonly Training[],
  given: ReadonlySet<string>,
): Promise<readonly OwnNetworks[]> {
  const each = seeds.length > 0;
  const numbers = each ? seeds : [seed];
  if (networks === null) return numbers.map(() => ({ folder: null, networks: new Map() }));
  const found: OwnNetworks[] = [];
  for (const number of numbers) {
    const folder = each ? join(networks, `seed-${number}`) : networks;
    const own = { folder, networks: await ownNetworks(folder, trainings) };
    checkFound(own, trainings, each);
    checkSeeds(own, found);
    found.push(own);
  }
  const useless = TRAINING_OPTIONS.find((name) => given.has(name));
  if (useless && found[0]!.networks.size === trainings.length)
    throw new UsageError(
      `--${useless} would change nothing here: every network is in --networks ${networks}`,
    );
  checkAlike(found.flatMap((own) => [...own.networks.values()]));
  return found;
}

function checkFound({ folder, networks }: OwnNetworks, trainings: readonly Training[], each: boolean): void {
  if (networks.size === 0)
    throw new UsageError(
      `--networks ${folder} would change nothing: expected one of ${trainings.map(({ id }) => `${id}.safetensors`).join(', ')} there, found none${each ? '; with --seeds each seed has a folder of this kind' : ''}`,
    );
  for (const { id, run } of trainings) {
    const file = networks.get(id);
    const found = file && activationOf(file);
    if (file && found !== run.activation)
      throw new InputError(
        `${file.path}: expected a network with ${run.activation}, found ${found}; its name says for which contenders it is`,
      );
  }
}

/** Every seed has networks for the same trainings, and others than the seeds before it: the same again would be no other seed. */
function checkSeeds({ folder, networks }: OwnNetworks, before: readonly OwnNetworks[]): void {
  const [first] = before;
  if (!first) return;
  const [names, wanted] = [networks, first.networks].map((one) => [...one.keys()].join(', '));
  if (names !== wanted)
    throw new UsageError(
      `--networks ${folder}: expected networks for the same trainings as in ${first.folder} (${wanted}), found ${names}`,
    );
  for (const [id, { path, digest }] of networks) {
    const same = before.map((other) => other.networks.get(id)!).find((other) => other.digest === digest);
    if (same)
      throw new UsageError(`${path}: expected the network of another seed, found that of ${same.path}`);
  }
}

const activationOf = ({ network }: NetworkFile): string =>
  network.architecture.layers.find((layer) => layer.kind === 'activation')?.activation ?? 'no activation';
