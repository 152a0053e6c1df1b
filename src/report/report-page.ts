/**
 * @file The report on any runs: sections in the order of the work, from training to the comparison of methods.
 */
import { duration } from './format.ts';
import { htmlPage, htmlTable, type Section } from './html-page.ts';
import type { Plotter } from './plot/load.ts';
import type { Run } from './runs/run.ts';
import { adviceSection } from './sections/advice.ts';
import { comparisonSections } from './sections/comparison.ts';
import { conversionSection } from './sections/conversion.ts';
import { neuronSection } from './sections/neurons.ts';
import { overSeedsSection } from './sections/over-seeds.ts';
import { simulationSection } from './sections/simulation.ts';
import { studySections } from './sections/study.ts';
import { trainingSection } from './sections/training.ts';
import { verificationSection } from './sections/verification.ts';
import type { Figure } from './svg/figure.ts';

export interface Report {
  readonly html: string;
  readonly figures: readonly Figure[];
}

/** @param runs at least one, with names that differ; the same runs give the same bytes */
export function report(plotter: Plotter, runs: readonly Run[]): Report {
  const of = <C extends Run['command']>(command: C): Extract<Run, { command: C }>[] =>
    runs.filter((run): run is Extract<Run, { command: C }> => run.command === command);
  const [trained, converted, simulated] = [of('train'), of('convert'), of('simulate')];
  const datasets = [...new Set(simulated.map(datasetOf))];
  const sections: Section[] = [
    ...of('compare').flatMap(({ comparison, overSeeds }, i) => [
      ...(overSeeds ? [overSeedsSection(overSeeds)] : []),
      ...comparisonSections(plotter, `compare-${i + 1}`, comparison, overSeeds?.seeds[0]),
    ]),
    ...of('sweep').flatMap((run, i) => studySections(plotter, `study-${i + 1}`, run)),
    ...(trained.length > 0 ? [trainingSection(plotter, trained)] : []),
    ...of('advise').map((run, i) => adviceSection(plotter, `advise-${i + 1}`, run)),
    ...(converted.length > 0 ? [conversionSection(converted)] : []),
    ...datasets.map((name, i) =>
      simulationSection(
        plotter,
        `simulate-${i + 1}`,
        name,
        simulated.filter((run) => datasetOf(run) === name),
      ),
    ),
    ...of('verify').map((run, i) => verificationSection(plotter, `verify-${i + 1}`, run)),
    neuronSection(plotter),
    origins(runs),
  ];
  const figures = sections.flatMap(({ content }) => content.filter((part) => typeof part !== 'string'));
  const lead = `Figures and tables of ${runs.length === 1 ? 'one run' : `${runs.length} runs`}: ${runs.map(({ name }) => name).join(', ')}. Every number is from these result files.`;
  return { html: htmlPage('Spiking networks: report', lead, sections), figures };
}

function datasetOf({ config }: Run): string {
  return typeof config.dataset === 'string' ? config.dataset : 'unknown data set';
}

function origins(runs: readonly Run[]): Section {
  const left = (title: string) => ({ title, align: 'left' }) as const;
  return {
    title: 'The runs',
    content: [
      htmlTable(
        'Where the numbers come from.',
        [
          ...['run', 'command', 'file', 'version', 'machine', 'runtime'].map(left),
          { title: 'took', align: 'right' },
        ],
        runs.map(({ name, command, file, version, machine, seconds }) => [
          name,
          command,
          file,
          version,
          `${machine.processor}, ${machine.cores} cores`,
          machine.runtime,
          duration(seconds),
        ]),
      ),
    ],
  };
}
