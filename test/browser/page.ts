/**
 * @file Runs inside a browser page: the same convolutions on one lane and on two, and what the page is allowed to share.
 * The result lands in `globalThis.outcome`.
 */
import { createSimdKernels } from '../../src/kernels/simd.ts';
import { createTeam } from '../../src/memory/create-team.ts';
import { Heap } from '../../src/memory/heap.ts';
import { Random } from '../../src/random/random.ts';

export interface Outcome {
  readonly isolated: boolean;
  readonly lanes: number;
  /** Worker threads that did at least one task. */
  readonly helpers: number;
  readonly equal: boolean;
  readonly error?: string;
}

const SHAPE = {
  batch: 4,
  inHeight: 16,
  inWidth: 16,
  inChannels: 32,
  outHeight: 16,
  outWidth: 16,
  outChannels: 48,
  kernel: 3,
  stride: 1,
  padding: 1,
};

/** All three directions of a convolution on a heap of its own; again and again until all threads have joined in. */
async function convolve(
  lanes: number,
): Promise<Omit<Outcome, 'isolated' | 'equal'> & { values: Float32Array[] }> {
  const heap = new Heap({ initialBytes: 8 * 2 ** 20, maximumBytes: 64 * 2 ** 20 });
  const team = createTeam(heap, lanes);
  const kernels = createSimdKernels(heap, team);
  const random = Random.seeded(1);
  const array = (length: number, fill: boolean): Float32Array<ArrayBufferLike> => {
    const values = heap.f32(heap.allocate(4 * length), length);
    for (let i = 0; i < length; i++) values[i] = fill ? random.normal() : 0;
    return values;
  };
  const [x, w, dy] = [array(4 * 256 * 32, true), array(9 * 32 * 48, true), array(4 * 256 * 48, true)];
  const [y, dx, dw] = [array(4 * 256 * 48, false), array(4 * 256 * 32, false), array(9 * 32 * 48, false)];
  for (let round = 0; round < 500; round++) {
    kernels.conv2d(x, w, null, null, y, SHAPE);
    kernels.conv2dBackwardInput(dy, w, dx, SHAPE);
    kernels.conv2dBackwardWeights(x, dy, dw, SHAPE);
    if (team.helpers === team.lanes - 1) break;
    await new Promise((resolve) => setTimeout(resolve, 10)); // a browser starts threads between tasks of the page
  }
  const values = [y, dx, dw].map((array) => Float32Array.from(array));
  const { helpers } = team;
  team.close();
  return { values, lanes: team.lanes, helpers };
}

async function run(): Promise<Outcome> {
  const one = await convolve(1);
  const two = await convolve(2);
  const equal = one.values.every((values, i) =>
    values.every((value, j) => Object.is(value, two.values[i]![j])),
  );
  return { isolated: globalThis.crossOriginIsolated, lanes: two.lanes, helpers: two.helpers, equal };
}

const page = globalThis as unknown as { outcome?: Outcome };
try {
  page.outcome = await run();
} catch (error) {
  page.outcome = {
    isolated: globalThis.crossOriginIsolated,
    lanes: 0,
    helpers: 0,
    equal: false,
    error: String(error),
  };
}
