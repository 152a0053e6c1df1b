/** @file What the kernel suite found, in one line for the first page. */

import { processorOf } from '../processor-of.ts';
import type { BenchReport } from '../report.ts';
import { versionOf } from '../version-of.ts';
import type { Figure, KernelFigures } from './figures.ts';

const NETWORK = 'vgg16 training';
const PEER = 'PyTorch';

/** "training a VGG-16 ...", without a full stop; empty where the training or its peer was not measured. */
export function kernelSentence({ figures, peers, machine }: BenchReport): string {
  const rows = (figures as KernelFigures).rows.filter(({ name }) => name.startsWith(NETWORK));
  const by = [1, 2].map((threads) => ratioOf(rows.find((row) => row.threads === threads)));
  if (by.includes(null)) return '';
  const [one, two] = by.map((ratio) => `${ratio!.toFixed(2)}x`);
  return `training a VGG-16 on 32 x 32 images: ${one} the speed of ${versionOf(peers, PEER)} on one thread, ${two} on two (${processorOf(machine)})`;
}

function ratioOf(row: Figure | undefined): number | null {
  return row?.peers.find(({ name }) => name === PEER)?.ratio ?? null;
}
