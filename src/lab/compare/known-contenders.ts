/** @file The contenders whose figures are in the cache: nothing of them need be computed. */
import { isFile } from '../../io/files.ts';
import { openNetwork } from '../training/network-file.ts';
import { cachePath } from './cache.ts';
import { anatomyConfig, type Plan } from './compare-contenders.ts';
import { measureConfig } from './measure-contender.ts';
import type { Networks } from './networks.ts';
import type { Setting } from './setting.ts';
import { trainedPath } from './train-once.ts';
import { type CourseChoices, type Training, trainingRun } from './trainings.ts';

/**
 * Their ids. A file that is damaged is found out when it is read, and its contender computed again.
 * @throws InputError when a network in the cache is damaged
 */
export async function knownContenders(
  setting: Setting,
  { contenders, steps, anatomy }: Plan,
  trainings: readonly Training[],
  choices: CourseChoices,
  own: Networks,
): Promise<ReadonlySet<string>> {
  const { cache, test } = setting;
  const digests = new Map<string, string>();
  for (const training of trainings) {
    const path = trainedPath(setting, training.id, trainingRun(training, choices));
    const file = own.get(training.id) ?? ((await isFile(path)) ? await openNetwork(path) : null);
    if (file) digests.set(training.id, file.digest);
  }
  const known = new Set<string>();
  const images = Math.min(anatomy, test.count);
  for (const contender of contenders) {
    const digest = digests.get(contender.training);
    if (digest === undefined) continue;
    const { id } = contender;
    const files = [
      cachePath(cache, id, measureConfig(setting, contender, digest, steps), 'json'),
      ...(images > 0
        ? [cachePath(cache, `${id}-anatomy`, anatomyConfig(setting, contender, digest, images), 'json')]
        : []),
    ];
    if ((await Promise.all(files.map((file) => isFile(file)))).every(Boolean)) known.add(id);
  }
  return known;
}
