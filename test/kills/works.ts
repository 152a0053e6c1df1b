/** @file All that is killed, by name. `shared` is a folder for what several runs of a work read. */
import type { Work } from './work.ts';
import { comparison } from './works/comparison.ts';
import { downloading } from './works/downloading.ts';
import { results } from './works/results.ts';
import { study } from './works/study.ts';
import { training } from './works/training.ts';

export const WORKS: Readonly<Record<string, (shared: string) => Work | Promise<Work>>> = {
  train: () => training,
  compare: () => comparison,
  results,
  sweep: study,
  datasets: downloading,
};
