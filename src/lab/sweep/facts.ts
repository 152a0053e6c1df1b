/** @file What the jobs of a study read, by digest: data sets, and files that options name. */
import { InputError } from '../../errors.ts';
import { bytesDigest } from '../../io/digest.ts';
import { isFile, readBytes } from '../../io/files.ts';
import { packageVersion } from '../version.ts';
import { imagesDigest, jobDataset, namesIn } from './job-data.ts';
import type { Facts, JobCommand } from './jobs.ts';
import type { Setting } from './study.ts';

/** @param directory where data sets are looked for first */
export function factsOf(directory?: string): Facts {
  const known = new Map<string, Promise<string>>();
  const once = (key: string, compute: () => Promise<string>): Promise<string> => {
    const found = known.get(key) ?? compute();
    known.set(key, found);
    return found;
  };
  return {
    version: packageVersion(),
    async digestOf(command: JobCommand, options: Setting) {
      const digests: Record<string, string> = {};
      for (const [option, value] of Object.entries(options))
        if (typeof value === 'string' && option !== 'dataset' && (await isFile(value)))
          digests[option] = await once(value, async () => bytesDigest(await readBytes(value), 'sha256'));
      for (const option of ['from', 'teacher'])
        if (isMissing(options[option], digests[option]))
          throw new InputError(
            `${options[option]}: cannot be read (no such file); a job has it as ${option}`,
          );
      const source = jobDataset(command, options);
      if (source === undefined) return digests;
      // only strokes are drawn from a seed
      const seed = source === 'strokes' ? Number(options.seed ?? 1) : 1;
      const names = namesIn(options);
      const key = JSON.stringify([source, seed, names]);
      digests.dataset = await once(key, () => imagesDigest(source, names, seed, directory));
      return digests;
    },
  };
}

/** A network that a job starts from and that is no file here; those of `pretrained:` come with the program. */
const isMissing = (value: Setting[string] | undefined, digest: string | undefined): boolean =>
  value !== undefined && digest === undefined && !String(value).startsWith('pretrained:');
