/** @file What the results say, in sentences whose figures are the results'. */
import { percent, significant } from '../../src/report/format.ts';
import type { NetworkResult, SpikingResult } from './measure.ts';
import { called } from './tables.ts';

/** Networks that were trained on with a price on spikes, each beside the one it began from. */
const PRICED = [
  ['fashion-vgg8-strelu-2', 'fashion-vgg8-sparse'],
  ['cifar-vgg8-strelu-2', 'cifar-vgg8-sparse'],
] as const;

/** How accuracy and energy stand at few steps, on CIFAR-10 and beside QCFS; empty where a network was not measured. */
export function readingOf(results: readonly NetworkResult[]): string {
  const [ours, qcfs, fashion] = ['cifar-vgg8-strelu-2', 'cifar-vgg8-qcfs-long', 'fashion-vgg8-strelu-2'].map(
    (name) => results.find((result) => result.name === name),
  );
  if (!ours || !qcfs || !fashion) return '';
  const settled = [ours, fashion].map((network) => at(network, 'rest, settling', 2));
  return [
    `On CIFAR-10, the VGG-8 in stReLU beside the same in QCFS: \`half\` is ${distance(ours, 'half', 2)} its ANN at T = 2 and ${distance(ours, 'half', 4)} it at T = 4.`,
    `In rest coding (L21) the same answers cost ${at(ours, 'rest', 2).energy} and ${at(ours, 'rest', 4).energy} of the dense ANN's energy.`,
    `QCFS (ANN ${percent(qcfs.ann.accuracy)} %) is ${distance(qcfs, 'unipolar', 16)} its ANN at T = 16, for ${at(qcfs, 'unipolar', 16).energy};`,
    `in the exact mode by layers ${distance(qcfs, 'unipolar, settling', 4)} it at T = 4, for ${at(qcfs, 'unipolar, settling', 4).energy}.`,
    `stReLU in that mode and in rest coding is ${distance(ours, 'rest, settling', 2)} its ANN at T = 2, for ${settled[0]!.energy};`,
    `on Fashion-MNIST ${distance(fashion, 'rest, settling', 2)} it, for ${settled[1]!.energy}.`,
  ].join('\n');
}

/** What four epochs more with a price on spikes bring and cost at T = 2. */
export function priceOf(results: readonly NetworkResult[]): string {
  const lines = PRICED.map(([from, to]) => {
    const [before, after] = [from, to].map((name) => results.find((result) => result.name === name));
    if (!before || !after) return '';
    const [had, has] = [before, after].map((network) => at(network, 'rest, settling', 2));
    const points = percent(had!.accuracy - has!.accuracy);
    return `- ${called(before.dataset)}: from ${had!.energy} to ${has!.energy} of the energy of its dense ANN, from ${percent(had!.accuracy)} to ${percent(has!.accuracy)} % (${points} points)`;
  });
  return lines.includes('') ? '' : lines.join('\n');
}

function at(
  { snn, name }: NetworkResult,
  way: string,
  T: number,
): { readonly accuracy: number; readonly energy: string } {
  const { accuracy, energyRatio }: Partial<SpikingResult> = snn[way] ?? {};
  if (accuracy?.[T] === undefined || energyRatio?.[T] === undefined)
    throw new Error(`results: ${name}: expected ${way} at T = ${T}, found none; measure it again`);
  return { accuracy: accuracy[T], energy: significant(energyRatio[T], 2) };
}

/** "0.39 points below", "0.05 points above", "level with". */
function distance(network: NetworkResult, way: string, T: number): string {
  const points = percent(Math.abs(at(network, way, T).accuracy - network.ann.accuracy));
  if (points === '0.00') return 'level with';
  return `${points} points ${at(network, way, T).accuracy < network.ann.accuracy ? 'below' : 'above'}`;
}
