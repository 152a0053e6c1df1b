/** @file The kernel suite's figures as text. */
import { textTable } from '../../src/report/table.ts';
import type { Figure, KernelFigures, MemoryFigure } from './figures.ts';

const MIB = 2 ** 20;

export function kernelTable({ ceilingGflops, rows, memory }: KernelFigures): string {
  const parts: string[] = [];
  if (ceilingGflops !== null)
    parts.push(`ceiling of 128-bit multiply-adds: ${ceilingGflops.toFixed(1)} GFLOP/s`);
  if (rows.length > 0) parts.push(timeTable(rows));
  if (memory.length > 0) parts.push(memoryTable(memory));
  return parts.join('\n\n');
}

function timeTable(rows: readonly Figure[]): string {
  const peers = [...new Set(rows.flatMap((row) => row.peers.map((peer) => peer.name)))];
  const right = (title: string) => ({ title, align: 'right' }) as const;
  const columns = [
    { title: 'case', align: 'left' } as const,
    ...['threads', 'ms', 'GFLOP/s', 'of ceiling', 'images/s', 'over 1 thread'].map(right),
    ...peers.flatMap((peer) => [right(`${peer} ms`), right('ratio')]),
  ];
  const cells = rows.map((row) => [
    row.name,
    String(row.threads),
    milliseconds(row.seconds),
    row.gflops?.toFixed(1) ?? '',
    row.shareOfCeiling === undefined ? '' : `${(100 * row.shareOfCeiling).toFixed(0)} %`,
    row.imagesPerSecond?.toFixed(0) ?? '',
    times(row.overOneThread),
    ...peers.flatMap((name) => {
      const peer = row.peers.find((one) => one.name === name);
      return peer ? [milliseconds(peer.seconds), times(peer.ratio)] : ['', ''];
    }),
  ]);
  const used = columns.map((_, c) => cells.some((row) => row[c] !== ''));
  const kept = <T>(list: readonly T[]): T[] => list.filter((_, c) => used[c]);
  return `${textTable(kept(columns), cells.map(kept))}\n\nratio: how many times faster strelu is, the median over interleaved rounds`;
}

function memoryTable(memory: readonly MemoryFigure[]): string {
  const mib = (bytes: number): string => (bytes / MIB).toFixed(0);
  const columns = ['memory, MiB', 'heap used', 'heap', 'process', 'at start', 'PyTorch', 'at start'].map(
    (title, c) => ({ title, align: c === 0 ? 'left' : 'right' }) as const,
  );
  const cells = memory.map(({ name, heapUsed, heapCapacity, peakRss, startRss, peers: [torch] }) => [
    name.replace(/^memory /, ''),
    ...[heapUsed, heapCapacity, peakRss, startRss].map(mib),
    ...(torch ? [mib(torch.peakRss), mib(torch.startRss)] : ['', '']),
  ]);
  return textTable(columns, cells);
}

const milliseconds = (seconds: number): string => (1000 * seconds).toPrecision(4);
const times = (ratio: number | undefined): string => (ratio === undefined ? '' : `${ratio.toFixed(2)}x`);
