/** @file What pages quote, by name: each a text made of one file of docs/measured/, which a command of the project wrote. */
import { type Ablation, ablationTable } from '../../bench/ablation/table.ts';
import {
  fastCourseWords,
  oneSidedWords,
  otherSetWords,
  restWords,
  stageWords,
  unclippedWords,
} from '../../bench/courses/fast-course.ts';
import type { CoursesFile } from '../../bench/courses/main.ts';
import type { MeasuredCourse } from '../../bench/courses/measure.ts';
import { seedsTable } from '../../bench/courses/seeds.ts';
import { coursePairs, coursesTable } from '../../bench/courses/table.ts';
import { eventSentence } from '../../bench/events/sentence.ts';
import type { EventFigures } from '../../bench/events/suite.ts';
import { eventTable } from '../../bench/events/table.ts';
import type { KernelFigures } from '../../bench/kernels/figures.ts';
import { kernelSentence } from '../../bench/kernels/sentence.ts';
import { kernelTable } from '../../bench/kernels/table.ts';
import { leversTable, type Row } from '../../bench/levers/table.ts';
import { type OfRuns, originsOf } from '../../bench/origins.ts';
import { type QueueFigures, queueTable } from '../../bench/queue/suite.ts';
import type { BenchReport } from '../../bench/report.ts';
import type { Earlier } from '../../bench/results/earlier.ts';
import type { NetworkResult } from '../../bench/results/measure.ts';
import { priceOf, readingOf } from '../../bench/results/sentences.ts';
import { byDataset, curveRows, summaryTable } from '../../bench/results/tables.ts';
import { type StepFigures, stepTable } from '../../bench/steps/suite.ts';
import { type VerifyFigures, verifyTable } from '../../bench/verify/suite.ts';
import type { StudyTable } from '../../src/lab/sweep/table.ts';
import type { Comparison } from '../../src/report/comparison.ts';
import { duration } from '../../src/report/format.ts';
import type { Machine, Result } from '../../src/report/result.ts';
import { type OverSeeds, overSeeds } from '../../src/report/seeds/over-seeds.ts';
import { overSeedsText } from '../../src/report/seeds/over-seeds-text.ts';
import { comparisonPage, shownSteps } from './comparison-page.ts';
import { comparisonReading } from './comparison-reading.ts';
import { smallNetworkTable } from './small-network.ts';
import { PRICES, SEEDS, type ShownStudy, studyMarkdown } from './study-table.ts';

/** A text of a page, and where it comes from. */
export interface Measured {
  /** NAMEs of docs/measured/NAME.json, nearly always one. */
  readonly files: readonly string[];
  /** What writes them, in the project's root. */
  readonly command: string;
  /** @param contents of the files, in their order */
  text(...contents: readonly unknown[]): string;
}

const LEVERS_COMMAND = 'npm run levers -- --epochs 4 --train-limit 25000 --only pooling,border';

interface Origin {
  readonly version: string;
  readonly date: string;
  readonly machine: Machine;
}

const origin = (command: string, { version, date, machine }: Origin): string =>
  `Measured on ${date.slice(0, 10)} by \`${command}\`: strelu ${version}, ${machine.runtime}, ${machine.cores} cores of ${machine.processor}.`;

/** Networks, some of which were perhaps measured later, among those of an earlier run. */
function runsOrigin(
  command: string,
  words: string,
  runs: OfRuns,
  of: readonly { readonly name: string }[],
): string {
  const [first, ...later] = originsOf(runs, of);
  const named = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
  const sentences = later.map(({ networks, completed = [], ...run }) => {
    const parts = [
      ...(networks.length > 0 ? [named(networks)] : []),
      ...(completed.length > 0 ? [`the accuracy without a training grid of ${named(completed)}`] : []),
    ];
    return `Of them ${parts.join(', and ')} later, with ${words}: ${origin(command, run).replace('Measured on', 'on')}`;
  });
  return [origin(command, first!), ...sentences].join('\n');
}

const resultsOrigin = (results: Earlier): string =>
  runsOrigin('npm run results', '`--only` and `--into`', results, results.networks);

function results(table: (networks: readonly NetworkResult[]) => string, signed = true): Measured {
  const command = 'npm run results -- --json docs/measured/results.json';
  return {
    files: ['results'],
    command,
    text(content) {
      const result = content as Earlier;
      const made = table(result.networks);
      return signed ? `${made}\n\n${resultsOrigin(result)}` : made;
    },
  };
}

/** What `compare` writes. */
type Compared = Origin & { readonly comparison: Comparison; readonly overSeeds?: OverSeeds };

/** @param words of the command, behind the data set */
function comparison(dataset: string, words = ''): Measured {
  const file = `compare-${dataset}`;
  const command = `strelu compare --dataset ${dataset}${words}`;
  return {
    files: [file],
    command: `npm run ${command.replace(' ', ' -- ')} --json docs/measured/${file}.json`,
    text(content) {
      const result = content as Compared;
      const { overSeeds: over } = result;
      const table = over
        ? overSeedsText(over, true, shownSteps(over.steps))
        : comparisonPage(result.comparison);
      return `${table}\n\n${origin(command, result)}`;
    },
  };
}

/** The same comparison in sentences. */
function comparisonWords(dataset: string): Measured {
  const { files, command } = comparison(dataset);
  return {
    files,
    command,
    text(content) {
      const { comparison: first, overSeeds: over } = content as Compared;
      return comparisonReading(over ?? overSeeds([{ seed: 1, comparison: first }]));
    },
  };
}

/** The course that others are held beside. */
const FAST = 'cifar-fast-strelu';

/** What trainings cost and reach. */
const COURSES: Measured = {
  files: ['courses'],
  command:
    'npm run courses -- FILE... --json docs/measured/courses.json --svg docs/training-operations.svg, with the files that docs/measured/README.md names',
  text(content) {
    const result = content as CoursesFile;
    const { courses } = result;
    const tables = [coursesTable(courses), coursePairs(courses, FAST), seedsTable(courses, FAST)];
    return `${tables.filter((table) => table !== '').join('\n\n')}\n\n${runsOrigin('npm run courses', '`--into`', result, courses)}`;
  },
};

/** A stage of the course for few operations, in words. */
function fastCourse(
  recipe: string,
  file: string,
  words: (result: Result, courses: readonly MeasuredCourse[], recipe: string) => string,
): Measured {
  const command = `strelu train --recipe ${recipe}`;
  return {
    files: [file, 'courses'],
    command: `${command} --out runs/${recipe}.safetensors --json docs/measured/${file}.json, then npm run courses`,
    text(result, courses) {
      const found = courses as { readonly courses: readonly MeasuredCourse[] };
      return `${words(result as Result, found.courses, recipe)}\n\n${origin(command, result as Result)}`;
    },
  };
}

/** What the levers of the course for few operations are worth. */
const LEVERS_STUDY: Measured = {
  files: ['levers'],
  command: `${LEVERS_COMMAND} --json docs/measured/levers.json`,
  text(content) {
    const result = content as Origin & { readonly rows: readonly Row[] };
    return `${leversTable(result.rows)}\n\n${origin(LEVERS_COMMAND, result)}`;
  },
};

/** A study of `bench/studies/`. */
function study(name: string, shown: ShownStudy): Measured {
  const command = `strelu sweep bench/studies/${name}.json`;
  return {
    files: [name],
    command: `npm run ${command.replace(' ', ' -- ')} --json docs/measured/${name}.json`,
    text(content) {
      const result = content as Origin & { readonly sweep: { readonly tables: readonly StudyTable[] } };
      return `${studyMarkdown(result.sweep.tables, shown)}\n\n${origin(command, result)}`;
    },
  };
}

/** What changes to the training are worth. */
const ABLATION: Measured = {
  files: ['ablation'],
  command: 'npm run ablation -- --epochs 2 --limit 20000 --json docs/measured/ablation.json',
  text(content) {
    const result = content as Origin & { readonly ablation: Ablation };
    return `${ablationTable(result.ablation)}\n\n${origin('npm run ablation -- --epochs 2 --limit 20000', result)}`;
  },
};

/** A network of fifteen seconds, with two kinds of neuron. */
const SMALL_NETWORK: Measured = {
  files: ['lenet-half', 'lenet-full'],
  command:
    'the commands above the table, simulate with --json docs/measured/lenet-half.json (lenet-full.json)',
  text(half, full) {
    return `${smallNetworkTable(half as Result, full as Result)}\n\n${origin('strelu simulate', half as Result)}`;
  },
};

const BENCH_TABLES = {
  kernels: (figures) => kernelTable(figures as KernelFigures),
  events: (figures) => eventTable(figures as EventFigures),
  queue: (figures) => queueTable(figures as QueueFigures),
  steps: (figures) => stepTable(figures as StepFigures),
  verify: (figures) => verifyTable(figures as VerifyFigures),
} as const satisfies Record<string, (figures: BenchReport['figures']) => string>;

/** @param file where it is kept: the same suite of another machine has a name of its own */
function bench(suite: keyof typeof BENCH_TABLES, words = ' --peers', file = `bench-${suite}`): Measured {
  const command = `npm run bench -- ${suite}${words}`;
  return {
    files: [file],
    command: `${command} --json docs/measured/${file}.json`,
    text(content) {
      const { figures, date, machine, versions, peers } = content as BenchReport;
      const table = BENCH_TABLES[suite](figures);
      const beside = peers.flatMap(({ name, version }) => (version === null ? [] : [`${name} ${version}`]));
      const known = { version: versions.strelu ?? 'unknown', date, machine };
      const found = beside.length > 0 ? ` Beside it: ${beside.join(', ')}.` : '';
      return `\`\`\`text\n${table}\n\`\`\`\n\n${origin(command, known)}${found}`;
    },
  };
}

/** What both suites found, in a line each. */
const SPEED: Measured = {
  files: ['bench-kernels', 'bench-events'],
  command: 'both commands of docs/measured/README.md',
  text(kernels, events) {
    const [training, spikes] = [kernelSentence(kernels as BenchReport), eventSentence(events as BenchReport)];
    return training && spikes ? `- ${training};\n- ${spikes}.` : '';
  },
};

/** How long the checks take, as scripts/weight/stated.json says, which continuous integration compares with. */
const CHECKS: Measured = {
  files: ['../../scripts/weight/stated'],
  command: 'npm run weight -- --state --stages FILE',
  text(content) {
    const { start, test, ci } = (content as { readonly times: Readonly<Record<string, number>> }).times;
    return `In a fresh clone on two cores \`npm ci && npm start\` takes ${duration(start!)}, \`npm ci && npm test\` ${duration(test!)}, \`bash .ci/run\` ${duration(ci!)}.`;
  },
};

export const MEASURED: Readonly<Record<string, Measured>> = {
  'results-summary': results(summaryTable, false),
  'results-headline': results(byDataset),
  'results-curves': results(curveRows),
  'results-reading': results(readingOf, false),
  'results-price': results(priceOf, false),
  'compare-mnist': comparison('mnist', ' --limit 10000 --seeds 1,2,3,4,5 --steps 1,2,4,8,16,32'),
  // the names of the contenders, of which the table has the titles, are in docs/measured/README.md
  'compare-cifar-10': comparison(
    'cifar-10',
    ' --networks runs/cifar-fast --seeds 1,2 --limit 2000 --steps 1,2,4,8,16,32 --methods ...',
  ),
  'compare-cifar-10-reading': comparisonWords('cifar-10'),
  'mnist-seeds': study('mnist-seeds', SEEDS),
  'mnist-prices': study('mnist-prices', PRICES),
  ablation: ABLATION,
  'small-network': SMALL_NETWORK,
  'training-courses': COURSES,
  'fast-course': fastCourse('cifar-fast-strelu', 'train-cifar-fast', fastCourseWords),
  'fashion-course': fastCourse('fashion-fast-strelu', 'train-fashion-fast', otherSetWords),
  'residual-course': fastCourse('cifar-residual-strelu', 'train-cifar-residual', otherSetWords),
  'relu-course': fastCourse('cifar-fast-relu', 'train-cifar-fast-relu', unclippedWords),
  'trelu-course': fastCourse('cifar-fast-trelu', 'train-cifar-fast-trelu', oneSidedWords),
  'qcfs-course': fastCourse('cifar-fast-qcfs', 'train-cifar-fast-qcfs', oneSidedWords),
  'rest-course': fastCourse('cifar-fast-strelu-rest', 'train-cifar-fast-rest', restWords),
  'second-stage': fastCourse('cifar-fast-strelu-2', 'train-cifar-fast-2', stageWords),
  levers: LEVERS_STUDY,
  'bench-kernels': bench('kernels'),
  'bench-speed': SPEED,
  'bench-events': bench('events', ' --peers --svg docs/cost-of-density.svg'),
  'bench-events-avx512': bench('events', ' --peers', 'bench-events-avx512'),
  'bench-steps': bench('steps', ''),
  'bench-verify': bench('verify', ''),
  'bench-queue': bench('queue', ''),
  'check-times': CHECKS,
};
