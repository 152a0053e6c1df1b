/**
 * @file The trained networks that the contenders of a comparison need: the user's own, the cache's, or trained now.
 */
import { join } from 'node:path';
import { isFile } from '../../io/files.ts';
import { type NetworkFile, openNetwork } from '../training/network-file.ts';
import { recordOf } from '../training/run-record.ts';
import { trainCommand } from '../training/train-command.ts';
import type { Contender } from './contenders.ts';
import type { Setting } from './setting.ts';
import { trainOnce } from './train-once.ts';
import { type CourseChoices, TRAININGS, type Training, trainingRun } from './trainings.ts';

/** The networks of a comparison by the id of their training. */
export type Networks = ReadonlyMap<string, NetworkFile>;

/** The trainings whose networks these contenders convert, in the order of the table. */
export function trainingsOf(contenders: readonly Contender[]): Training[] {
  return TRAININGS.filter(({ id }) => contenders.some((contender) => contender.training === id));
}

/**
 * The user's own networks among those of the trainings: TRAINING.safetensors in a folder.
 * @throws InputError when one is damaged
 */
export async function ownNetworks(folder: string, trainings: readonly Training[]): Promise<Networks> {
  const found = new Map<string, NetworkFile>();
  for (const { id } of trainings) {
    const path = join(folder, `${id}.safetensors`);
    if (await isFile(path)) found.set(id, await openNetwork(path));
  }
  return found;
}

export interface Obtained {
  readonly networks: Networks;
  /** Id of a training -> the command that makes its network; of the user's own its path, and the command where its file says it. */
  readonly origins: Readonly<Record<string, string>>;
}

/** A network for every training: the user's own where there is one, otherwise from the cache or trained now. */
export async function obtainNetworks(
  setting: Setting,
  trainings: readonly Training[],
  choices: CourseChoices,
  own: Networks,
): Promise<Obtained> {
  const networks = new Map<string, NetworkFile>();
  const origins: Record<string, string> = {};
  for (const training of trainings) {
    const { id } = training;
    const file = own.get(id);
    const run = trainingRun(training, choices);
    networks.set(id, file ?? (await trainOnce(setting, id, run)));
    origins[id] = file ? originOf(file) : trainCommand(recordOf(run));
  }
  return { networks, origins };
}

/** What this program trained says by which options and seed, and another release may have had other recipes. */
function originOf({ path, network }: NetworkFile): string {
  const { dataset, seed } = network.provenance;
  if (dataset === undefined || seed === undefined) return path;
  try {
    return `${path}: ${trainCommand(network.provenance)}`;
  } catch {
    return path;
  }
}
