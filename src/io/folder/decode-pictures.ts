/**
 * @file Decodes many picture files to one array, on several threads. The calling thread works too, and alone where the files are few
 * or no thread comes up; it stays free for signals in between.
 */
import { availableParallelism } from 'node:os';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { PictureDecoders } from '../../data/pictures/picture.ts';
import { spawnThread, type Thread } from '../../platform/threads.ts';
import { CONTROL, type DecodeTask, decodeInto, decodeSome, FOUND, readPicture } from './decode-share.ts';
import { DECODE_MODULE } from './decode-worker-module.ts';
import { loadDecoders } from './decoders.ts';

/** Below this many files a thread would not have started before the work is done. */
const WORTH_A_THREAD = 500;
const MAX_THREADS = 15;
/** A picture takes far less: a thread that has finished none for so long hangs. */
const PATIENCE_MS = 4000;

/** How the pictures are made to fit. */
export interface DecodeRequest {
  readonly files: readonly string[];
  /** [height, width] that all are brought to; absent: as the first, and all alike. */
  readonly size?: readonly [number, number] | undefined;
  /** Absent: 3 where any of them is in colour. */
  readonly channels?: 1 | 3 | undefined;
  /** Threads beside the calling one. Default: by the cores of the machine. */
  readonly threads?: number | undefined;
  /** Threads that have finished nothing for so long are ended, and their share is done here. Default: 4,000. */
  readonly patienceMs?: number;
  /** How a thread is started. Default: as the platform does it. */
  readonly spawn?: typeof spawnThread;
}

/** Bytes [files, height, width, channels]. */
export interface DecodedPictures {
  readonly images: Uint8Array<SharedArrayBuffer>;
  readonly shape: readonly [height: number, width: number, channels: 1 | 3];
  /** The first file in colour; null: all are grey. */
  readonly firstInColour: string | null;
}

/**
 * The result does not depend on the number of threads.
 * @param request at least one file
 * @throws InputError naming the first file that cannot be read, is no picture, or has another size than the first
 */
export async function decodePictures(request: DecodeRequest): Promise<DecodedPictures> {
  const { files } = request;
  const decoders = await loadDecoders();
  const first = request.size ? null : readPicture(files[0]!, decoders);
  const size = request.size ?? ([first!.height, first!.width] as const);
  const channels = request.channels ?? null;
  const task: DecodeTask = {
    files,
    size,
    resize: request.size !== undefined,
    channels,
    control: new SharedArrayBuffer(12),
    found: new SharedArrayBuffer(files.length),
    pixels: new SharedArrayBuffer(files.length * size[0] * size[1] * (channels ?? 3)),
  };
  const control = new Int32Array(task.control);
  control[CONTROL.bad] = files.length;
  const { patienceMs = PATIENCE_MS, spawn = spawnThread } = request;
  const threads = startThreads(request.threads ?? usual(files.length), task, spawn);
  try {
    let since = performance.now();
    while (decodeSome(task, decoders))
      if (performance.now() - since > 20) {
        await setImmediate();
        since = performance.now();
      }
    let done = -1;
    while (threads.running() > 0 && done < files.length) {
      const now = Atomics.load(control, CONTROL.done);
      if (now > done) since = performance.now();
      else if (performance.now() - since > patienceMs) break;
      done = now;
      await setTimeout(1);
    }
  } finally {
    threads.end();
  }
  return collected(task, decoders);
}

const usual = (files: number): number =>
  files < WORTH_A_THREAD ? 0 : Math.min(MAX_THREADS, availableParallelism() - 1);

function startThreads(
  count: number,
  task: DecodeTask,
  spawn: typeof spawnThread,
): { running(): number; end(): void } {
  let running = count;
  const threads: Thread[] = [];
  for (let i = 0; i < count; i++) {
    const thread = spawn(DECODE_MODULE, task);
    let over = false;
    thread.onExit(() => {
      if (!over) running--;
      over = true;
    });
    threads.push(thread);
  }
  return {
    running: () => running,
    end() {
      for (const thread of threads) thread.terminate();
    },
  };
}

/** What a thread left undone is done here, and what failed fails here, with its error. */
function collected(task: DecodeTask, decoders: PictureDecoders): DecodedPictures {
  const { files, size, channels } = task;
  const [height, width] = size;
  const found = new Uint8Array(task.found);
  for (let i = 0; i < files.length; i++) if (found[i] === FOUND.nothing) decodeInto(task, i, decoders);
  const colour = found.indexOf(FOUND.colour);
  const firstInColour = colour < 0 ? null : files[colour]!;
  const images = new Uint8Array(task.pixels);
  if (channels !== null) return { images, shape: [height, width, channels], firstInColour };
  const pixels = height * width;
  if (colour < 0) {
    const grey = new Uint8Array(new SharedArrayBuffer(files.length * pixels));
    for (let i = 0; i < files.length; i++)
      grey.set(images.subarray(i * 3 * pixels, i * 3 * pixels + pixels), i * pixels);
    return { images: grey, shape: [height, width, 1], firstInColour };
  }
  for (let i = 0; i < files.length; i++) {
    if (found[i] !== FOUND.grey) continue;
    const place = images.subarray(i * 3 * pixels, (i + 1) * 3 * pixels);
    for (let p = pixels - 1; p >= 0; p--) place.fill(place[p]!, 3 * p, 3 * p + 3);
  }
  return { images, shape: [height, width, 3], firstInColour };
}
