/**
 * @file The trained networks that the methods of a comparison need: the user's own, the cache's, or trained now.
 */
import { join } from 'node:path';
import { UsageError } from '../../errors.ts';
import { isFile } from '../../io/files.ts';
import type { Contender } from '../../lab/compare/contenders.ts';
import { type NetworkFile, openNetwork } from '../../lab/compare/network-file.ts';
import type { Lab } from '../../lab/compare/setting.ts';
import { trainOnce } from './train-once.ts';
import { type CourseChoices, TRAININGS, trainingRun, trainingWords } from './trainings.ts';

/** Options that only a training looks at. */
const COURSE_OPTIONS = ['model', 'width', 'epochs', 'train-limit'] as const;

export interface Networks {
  readonly files: ReadonlyMap<string, NetworkFile>;
  /** Id of a training -> the command that makes its network, or the file it came from. */
  readonly origins: Readonly<Record<string, string>>;
}

/**
 * @param own folder of the user's networks, TRAINING.safetensors each
 * @param given options that the user wrote out
 * @throws UsageError when that folder has none that is needed, or all, so that an option of training would change nothing
 */
export async function obtainNetworks(
  lab: Lab,
  methods: readonly Contender[],
  choices: CourseChoices,
  own: string | null,
  given: ReadonlySet<string>,
): Promise<Networks> {
  const files = new Map<string, NetworkFile>();
  const origins: Record<string, string> = {};
  const wanted = TRAININGS.filter(({ id }) => methods.some((contender) => contender.training === id));
  for (const { id } of wanted) {
    const path = join(own ?? '', `${id}.safetensors`);
    if (own === null || !(await isFile(path))) continue;
    files.set(id, await openNetwork(path));
    origins[id] = path;
  }
  if (own !== null && files.size === 0)
    throw new UsageError(
      `--networks ${own} would change nothing: expected one of ${wanted.map(({ id }) => `${id}.safetensors`).join(', ')} there, found none`,
    );
  const useless = COURSE_OPTIONS.find((name) => given.has(name));
  if (useless && files.size === wanted.length)
    throw new UsageError(`--${useless} would change nothing here: every network is in --networks ${own}`);
  for (const training of wanted) {
    if (files.has(training.id)) continue;
    const run = trainingRun(training, choices);
    files.set(training.id, await trainOnce(lab, training.id, run));
    origins[training.id] = `strelu train ${trainingWords(run)}`;
  }
  return { files, origins };
}
