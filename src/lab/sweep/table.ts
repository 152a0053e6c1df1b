/** @file A study's outcome as a table: a row for each setting of its last stages, its repetitions together. */
import { readJson } from '../../io/files.ts';
import { resultFile } from './job-files.ts';
import type { Job } from './jobs.ts';
import { type Metrics, metricsOf, usualMetrics } from './metrics.ts';
import type { JobOutcome } from './run-jobs.ts';
import { type Repeated, repeated } from './statistics.ts';
import { lastStages, type Setting, type Study } from './study.ts';

/** A job that is done, with the figures of its result. */
export interface Measured {
  readonly job: Job;
  readonly metrics: Metrics;
}

export interface StudyRow {
  /** What varies, without what only repeats. */
  readonly setting: Setting;
  /** By metric; absent where no repetition has it. */
  readonly figures: Readonly<Record<string, Repeated>>;
}

export interface StudyTable {
  readonly stage: string;
  readonly varied: readonly string[];
  readonly metrics: readonly string[];
  readonly rows: readonly StudyRow[];
}

/** What the finished jobs found. @throws InputError when a result cannot be read */
export async function measuredOf(folder: string, outcomes: readonly JobOutcome[]): Promise<Measured[]> {
  const done = outcomes.filter(({ state }) => state === 'done');
  return Promise.all(
    done.map(async ({ job }) => {
      const found = await readJson(resultFile(folder, job));
      return { job, metrics: metricsOf(typeof found === 'object' && found !== null ? found : {}) };
    }),
  );
}

/** One table for each stage that nothing comes after; its jobs have the figures of those before them too, by STAGE.FIGURE. */
export function studyTables(study: Study, measured: readonly Measured[]): StudyTable[] {
  const metricsById = new Map(measured.map(({ job, metrics }) => [job.id, metrics]));
  const withEarlier = ({ job, metrics }: Measured): Measured => {
    const before: [string, number][] = [];
    for (let { parent } = job; parent; { parent } = parent)
      for (const [name, value] of Object.entries(metricsById.get(parent.id) ?? {}))
        before.push([`${parent.stage}.${name}`, value]);
    return { job, metrics: { ...Object.fromEntries(before), ...metrics } };
  };
  return lastStages(study).map(({ name, command }) => {
    const own = measured.filter(({ job }) => job.stage === name).map(withEarlier);
    const keys = own.flatMap(({ metrics }) => Object.keys(metrics));
    const metrics = study.metrics.length > 0 ? study.metrics : usualMetrics(command, keys);
    const rows = new Map<string, Measured[]>();
    for (const one of own) {
      const key = JSON.stringify(withoutRepeats(one.job.setting, study));
      rows.set(key, [...(rows.get(key) ?? []), one]);
    }
    const settings = [...rows.keys()].map((key) => JSON.parse(key) as Setting);
    return {
      stage: name,
      varied: [...new Set(settings.flatMap(Object.keys))],
      metrics,
      rows: [...rows.values()].map((repeats, i) => ({
        setting: settings[i]!,
        figures: figuresOf(repeats, metrics),
      })),
    };
  });
}

function withoutRepeats(setting: Setting, { repeat }: Study): Setting {
  const kept = Object.entries(setting).filter(([name]) => !repeat.includes(name.split('.')[1]!));
  return Object.fromEntries(kept);
}

function figuresOf(repeats: readonly Measured[], names: readonly string[]): Record<string, Repeated> {
  const figures: Record<string, Repeated> = {};
  for (const name of names) {
    const values = repeats.flatMap(({ metrics }) => metrics[name] ?? []);
    if (values.length > 0) figures[name] = repeated(values);
  }
  return figures;
}
