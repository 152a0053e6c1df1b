/**
 * @file The demonstration's last words: what of its result is proven, and what was only measured this once.
 */
import { fixed, percent } from '../../report/format.ts';
import type { LawResult } from '../../report/verification-report.ts';
import type { ExactRun, NeuronRun } from './runs.ts';

/** The laws of all runs, each with its neuron's name. */
export function demoLaws(runs: readonly NeuronRun[]): LawResult[] {
  return runs.flatMap((run) => run.check.laws.map((law) => ({ ...law, id: `${law.id} ${run.name}` })));
}

/** @param steps the T that the measured line speaks about */
export function closingText(
  runs: readonly NeuronRun[],
  laws: readonly LawResult[],
  exact: ExactRun,
  annAccuracy: number,
  steps: number,
): string[] {
  const broken = laws.filter((law) => !law.holds);
  const covered = runs
    .filter((run) => run.check.covered !== null)
    .map((run) => `${percent(100 * run.check.covered!)} % of them (${run.name})`)
    .join(' and ');
  const measured = runs
    .map(
      (run) =>
        `${run.name} ${percent(run.report.snn.accuracy[steps]!)} % with ${fixed(run.report.spikes.perNeuron[steps]!, 2)} spikes per neuron`,
    )
    .join(', ');
  return [
    broken.length === 0
      ? `Proven, and checked on this run: no charge is lost or made (L1), potentials stay within the overload bound (L9), and the spike count is within one (full) or half a spike (half) of the ideal wherever no current passes the threshold: ${covered}. Tracer neurons send exactly the quantised network's counts, whatever the currents (L16), up to ties of float32: ${exact.report.snn.mismatches} answers differ from the ANN's.`
      : `NOT holding on this run: ${broken.map((law) => law.id).join(', ')}. That is a fault of the program: please report it with the seed.`,
    `Measured only, on these synthetic digits and this seed: ANN ${percent(annAccuracy)} %; at T = ${steps} ${measured}. No theorem says that another network or data set does as well.`,
  ];
}
