/** @file One small network with two kinds of neuron, step by step, from two results of `simulate`. */
import { fixed, percent } from '../../src/report/format.ts';
import type { Result } from '../../src/report/result.ts';
import { energyRatio } from '../../src/report/simulation-report.ts';

const STEPS = [1, 2, 4, 8, 16, 32];

/** @throws Error for a result that is none of a simulation */
export function smallNetworkTable(half: Result, full: Result): string {
  const columns = (neuron: string): string[] => [
    `\`${neuron}\`: accuracy %`,
    'spikes per neuron',
    'energy SNN / ANN',
  ];
  const cells = ({ snn, spikes, energy }: Result, t: number): string[] => {
    if (!snn || !spikes || !energy) throw new Error('expected the result of a simulation, found another');
    return [percent(snn.accuracy[t]!), fixed(spikes.perNeuron[t]!, 2), fixed(energyRatio(energy, t)!, 2)];
  };
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  const head = ['T', ...columns('half'), ...columns('full')];
  return [
    line(head),
    `|${head.map(() => '---').join('|')}|`,
    ...STEPS.map((t) => line([String(t), ...cells(half, t), ...cells(full, t)])),
  ].join('\n');
}
