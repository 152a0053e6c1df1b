/** @file What the event suite found, in one line for the first page. */

import { processorOf } from '../processor-of.ts';
import type { BenchReport } from '../report.ts';
import type { EventFigures } from './suite.ts';

/** "its spikes ...", of the network that the kernels' sentence names; empty where the peer was not measured. */
export function eventSentence({ figures, machine }: BenchReport): string {
  const { ratios } = figures as EventFigures;
  const [float32, int8] = [ratios['many images, 1 threads'], ratios['many images int8, 1 threads']];
  if (float32 === undefined || int8 === undefined) return '';
  return `its spikes, at 10 % density: ${float32.toFixed(2)}x (float32) and ${int8.toFixed(2)}x (int8) the speed of PyTorch's dense simulation (${processorOf(machine)})`;
}
