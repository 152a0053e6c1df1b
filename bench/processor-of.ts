import type { BenchReport } from './report.ts';

/** The processor's name without marks, for a sentence: ratios against another program depend on it. */
export const processorOf = ({ processor }: Pick<BenchReport['machine'], 'processor'>): string =>
  processor
    .replaceAll(/\((R|TM)\)/g, '')
    .replace(/ Processor$/, '')
    .trim();
