/**
 * @file Energy and memory traffic as text: every figure with the source and the boundary of its estimator.
 */
import { breakEven } from '../energy/estimate-energy.ts';
import { ESTIMATORS, type Estimator, estimatorNamed } from '../energy/estimators.ts';
import { MEMORIES } from '../energy/memories.ts';
import { bytes, fixed, joules, significant, wrap } from './format.ts';
import type { Energies, TrafficReport } from './simulation-report.ts';
import { type Column, textTable } from './table.ts';
import type { TableData } from './tables.ts';

const right = (title: string): Column => ({ title, align: 'right' });
const left = (title: string): Column => ({ title, align: 'left' });
const WIDTH = 120;

/** Source and boundary of one estimator, or of all. */
export function estimatorText(names: readonly string[] = ESTIMATORS.map(({ name }) => name)): string {
  return names
    .map((name) => {
      const { source, boundary } = estimatorNamed(name);
      return wrap(`${name}: ${source}. Boundary: ${boundary}`, WIDTH).join('\n  ');
    })
    .join('\n');
}

/** All estimators at one step, a line each; figures of different ones must not be compared with each other. */
export function energyTable(energy: Energies, step: number): TableData {
  const joule = (value: number | null | undefined): string =>
    value === null || value === undefined ? '-' : joules(value);
  const row = (estimator: Estimator): string[] => {
    const { annJoule, snnJoule, membraneJoule, constantJoule } = energy[estimator.name]!;
    const snn = snnJoule[step]!;
    const even = breakEven(estimator);
    return [
      estimator.name,
      joule(annJoule),
      joule(snn),
      annJoule === null ? '-' : fixed(snn / annJoule, 3),
      even === null ? '-' : significant(even, 3),
      joule(membraneJoule?.[step]),
      joule(constantJoule?.[step]),
    ];
  };
  return {
    columns: [
      left('estimator'),
      ...[
        'ANN',
        `SNN, T = ${step}`,
        'SNN / ANN',
        'break-even',
        '+ membrane updates',
        '+ constant currents',
      ].map(right),
    ],
    rows: ESTIMATORS.map(row),
  };
}

/** What moves, in bytes per image, and what that costs from each memory. */
export function trafficTables({ ann, snn, energy }: TrafficReport, step: number): TableData[] {
  const moved = (name: string, inAnn: number | null, inSnn: number | null): string[] => [
    name,
    inAnn === null ? '-' : bytes(inAnn),
    inSnn === null ? '-' : bytes(inSnn),
  ];
  const at = (key: keyof TrafficReport['snn']): number => snn[key][step]!;
  return [
    {
      columns: [left('bytes moved'), right('ANN'), right(`SNN, T = ${step}`)],
      rows: [
        moved('weights, one per operation', ann.weights, at('weights')),
        moved('weights, ideal cache', ann.weightsIdeal, at('weightsIdeal')),
        moved('activations / spikes', ann.activations, at('spikes')),
        moved('biases / constant currents', ann.constants, at('constants')),
        moved('potentials, read and written', null, at('potentials')),
      ],
    },
    {
      columns: [
        left('all of it from'),
        ...['ANN', `SNN, T = ${step}`, 'ANN, ideal cache', 'SNN, ideal cache'].map(right),
      ],
      rows: MEMORIES.map(({ name }) => {
        const { annJoule, annIdealJoule, snnJoule, snnIdealJoule } = energy[name]!;
        return [name, ...[annJoule, snnJoule[step]!, annIdealJoule, snnIdealJoule[step]!].map(joules)];
      }),
    },
  ];
}

/** All estimators and all memories, with what each leaves out. */
export function energyText(energy: Energies, traffic: TrafficReport, step: number): string {
  const text = ({ columns, rows }: TableData): string => textTable(columns, rows);
  const [moved, cost] = trafficTables(traffic, step);
  return [
    `energy per image, by estimator; compare each only with itself. break-even: spikes per synapse after the first layer below which`,
    `the SNN costs less. Membrane updates and constant currents are listed separately, not in the SNN's figure\n`,
    text(energyTable(energy, step)),
    `\n${estimatorText()}`,
    `\nmemory traffic per image, a model, separate from the arithmetic above and never added to it\n`,
    text(moved!),
    '',
    text(cost!),
    ...MEMORIES.map(({ name, source }) => `${name}: ${source}`),
    `Boundary: ${MEMORIES[0]!.boundary}`,
  ].join('\n');
}
