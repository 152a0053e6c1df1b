import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestsBelow, strelu, untimed, untimedCsv, type Work } from '../work.ts';

const STUDY = {
  name: 'neurons',
  stages: [
    {
      name: 'train',
      command: 'train',
      options: { limit: 128, 'test-limit': 10, epochs: 1, width: 0.25, 'checkpoint-seconds': 0 },
      grid: { seed: [1, 2] },
    },
  ],
};

/** A study of two trainings at a time, in processes of their own. */
export async function study(shared: string): Promise<Work> {
  const file = join(shared, 'study.json');
  await writeFile(file, JSON.stringify(STUDY));
  return {
    name: 'sweep',
    says: 'every network, the result of every job, the table as CSV and JSON',
    command: (folder) =>
      strelu(
        ...['sweep', file, '--jobs', '2', '--quiet', '--dir', join(folder, 'jobs')],
        ...['--csv', join(folder, 's.csv'), '--json', join(folder, 's.json')],
      ),
    async outcome(folder) {
      const result = (await untimed(join(folder, 's.json'), folder)) as SweepResult | null;
      if (result === null) return null;
      const jobs = await Promise.all(
        result.sweep.jobs.map(async ({ stage, id }) => {
          const told = await untimed(join(folder, 'jobs', `${stage}-${id}`, 'result.json'), folder);
          const { config: _, ...rest } = told as Record<string, unknown>; // a resumed training says so
          return rest;
        }),
      );
      const networks = await digestsBelow(join(folder, 'jobs'), '.safetensors');
      return JSON.stringify({ result, jobs, networks, csv: await untimedCsv(join(folder, 's.csv')) });
    },
  };
}

interface SweepResult {
  readonly sweep: { readonly jobs: readonly { readonly stage: string; readonly id: string }[] };
}
