/**
 * @file Folders of pictures: how many PNG files of 32 x 32 in colour are read in a second, by the calling thread alone and with
 * others beside it. The pictures are noise on a ramp, which compresses as photographs do; they are written to a folder of its own
 * first, so that they come from the file system's cache.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuUsage } from 'node:process';
import { encode } from 'fast-png';
import { datasetDigest } from '../../src/lab/index.ts';
import { openDataset } from '../../src/node.ts';
import { Random } from '../../src/random/random.ts';
import { median } from '../timing.ts';

const SIDE = 32;
const CLASSES = 10;

/** One way of reading. */
export interface FolderRow {
  /** Beside the calling one. */
  readonly threads: number;
  /** Of the middle round. */
  readonly imagesPerSecond: number;
  readonly best: number;
  /** In a second of the processor's time, all threads together: what a busy machine cannot hide. */
  readonly imagesPerProcessorSecond: number;
}

export interface FolderFigures {
  readonly pictures: number;
  readonly bytesPerPicture: number;
  readonly reading: readonly FolderRow[];
}

export interface FolderSuiteOptions {
  readonly pictures: number;
  readonly rounds: number;
  readonly log: (line: string) => void;
}

/** @throws Error when another number of threads gives another image or label */
export async function folderSuite({ pictures, rounds, log }: FolderSuiteOptions): Promise<FolderFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'strelu-folders-'));
  try {
    log(`writing ${pictures} pictures`);
    const bytes = writeFolder(folder, pictures);
    const usual = Math.max(1, availableParallelism() - 1);
    const ways = [...new Set([0, 1, usual])];
    const seconds = new Map(ways.map((threads) => [threads, [] as number[]]));
    const work = new Map(ways.map((threads) => [threads, [] as number[]]));
    let digest: string | null = null;
    for (let round = 0; round < rounds; round++)
      for (const threads of ways) {
        log(`round ${round + 1} of ${rounds}, ${threads} more threads`);
        const begun = performance.now();
        const before = cpuUsage();
        const options = { split: 1 - CLASSES / pictures, decoders: threads };
        const dataset = await openDataset(`folder:${folder}`, 'train', options);
        const { user, system } = cpuUsage(before);
        work.get(threads)!.push((user + system) / 1e6 / dataset.count);
        seconds.get(threads)!.push((performance.now() - begun) / 1000 / dataset.count);
        const found = datasetDigest(dataset);
        if (digest !== null && digest !== found) throw new Error('another number of threads, other images');
        digest = found;
      }
    const reading = [...seconds].map(([threads, each]) => ({
      threads,
      imagesPerSecond: 1 / median(each),
      best: 1 / Math.min(...each),
      imagesPerProcessorSecond: 1 / median(work.get(threads)!),
    }));
    return { pictures, bytesPerPicture: bytes / pictures, reading };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns bytes of all files */
function writeFolder(folder: string, pictures: number): number {
  const random = Random.seeded(1);
  let bytes = 0;
  for (let i = 0; i < pictures; i++) {
    const own = join(folder, `class-${i % CLASSES}`);
    if (i < CLASSES) mkdirSync(own);
    const data = Uint8Array.from(
      { length: SIDE * SIDE * 3 },
      (_, k) => 4 * (Math.floor(k / 3) % SIDE) + 10 * (i % CLASSES) + random.integer(24),
    );
    const file = encode({ width: SIDE, height: SIDE, channels: 3, data });
    writeFileSync(join(own, `${String(i).padStart(6, '0')}.png`), file);
    bytes += file.length;
  }
  return bytes;
}

export function folderTable({ pictures, bytesPerPicture, reading }: FolderFigures): string {
  const lines = [
    `${pictures} PNG files of ${SIDE} x ${SIDE} in colour, ${Math.round(bytesPerPicture)} bytes each`,
    '',
  ];
  for (const { threads, imagesPerSecond, best, imagesPerProcessorSecond } of reading)
    lines.push(
      `calling thread and ${threads} more: ${Math.round(imagesPerSecond).toString().padStart(7)} images/s, best ${Math.round(best)}; ${Math.round(imagesPerProcessorSecond)} in a second of the processor`,
    );
  return lines.join('\n');
}
