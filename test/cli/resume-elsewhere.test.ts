/** @file What would change the bits of a run that is resumed is refused, or said; the kernels of the first run are taken from it. */
import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { drawStrokes } from '../../src/data/strokes.ts';
import { compareBits, type RunBits } from '../../src/lab/training/run-bits.ts';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

const BITS: RunBits = {
  ...{ kernels: 'simd', deterministic: false, fused: true },
  ...{ train: 'a'.repeat(64), test: 'b'.repeat(64) },
};

test('other images and kernels are refused, another instruction set is said', () => {
  assert.equal(compareBits(BITS, BITS), null);
  assert.throws(
    () => compareBits(BITS, { ...BITS, train: BITS.test }),
    /InputError: training images: expected those/,
  );
  assert.throws(
    () => compareBits(BITS, { ...BITS, test: BITS.train }),
    /InputError: test images: expected those/,
  );
  for (const other of [{ kernels: 'reference' }, { deterministic: true }] as const)
    assert.throws(
      () => compareBits(BITS, { ...BITS, ...other }),
      /UsageError: resuming: expected the runtime/,
    );
  assert.match(
    compareBits(BITS, { ...BITS, fused: false })!,
    /no fused multiply-adds.*last bits .* will differ/,
  );
  assert.match(
    compareBits({ ...BITS, fused: false }, BITS)!,
    /fuses products and sums.*last bits .* will differ/,
  );
});

/** An IDX file of bytes. */
function idx(shape: readonly number[], bytes: Uint8Array): Uint8Array {
  const head = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  head.setUint32(0, 0x800 + shape.length);
  for (const [i, size] of shape.entries()) head.setUint32(4 + 4 * i, size);
  return Uint8Array.from([...new Uint8Array(head.buffer), ...bytes]);
}

test('a run of kernels reference goes on with them; another data set under the same name does not', async () => {
  await inFolder(async (path) => {
    const write = async (folder: string, seed: number): Promise<void> => {
      await mkdir(path(`${folder}/mnist`), { recursive: true });
      for (const [prefix, split, count] of [
        ['train', 'train', 64],
        ['t10k', 'test', 20],
      ] as const) {
        const { images, labels } = drawStrokes({ count, seed, split });
        await writeFile(path(`${folder}/mnist/${prefix}-images-idx3-ubyte`), idx([count, 28, 28], images));
        await writeFile(
          path(`${folder}/mnist/${prefix}-labels-idx1-ubyte`),
          idx([count], Uint8Array.from(labels)),
        );
      }
    };
    await write('one', 1);
    await write('two', 2);
    const run = ['train', '--dataset', 'mnist', '--model', 'lenet', '--width', '0.25', '--epochs', '2'];
    const words = [...run, '--batch-size', '16', '--kernels', 'reference'];
    const [whole, halved] = [path('whole.safetensors'), path('half.safetensors')];
    const first = await strelu([...words, '--data', path('one'), '--out', whole, '--quiet']);
    assert.equal(first.status, 0, first.stderr);
    const stopped = await strelu([...words, '--data', path('one'), '--out', halved], {
      interruptAt: 'epoch 1/2',
    });
    assert.equal(stopped.status, 130, stopped.stderr);
    const resume = (...more: string[]) => strelu(['train', '--resume', '--out', halved, '--quiet', ...more]);
    const other = await resume('--data', path('two'));
    assert.equal(other.status, 1);
    assert.match(other.stderr, /training images: expected those that the run began with \(SHA-256 /);
    const kernels = await resume('--data', path('one'), '--kernels', 'simd');
    assert.equal(kernels.status, 2);
    assert.match(kernels.stderr, /--kernels simd differs from the run to resume \(reference\)/);
    assert.match((await resume('--data', path('one'), '--deterministic')).stderr, /--deterministic differs/);
    await cp(path('one'), path('moved'), { recursive: true });
    const done = await resume('--data', path('moved'));
    assert.equal(done.status, 0, done.stderr);
    assert.deepEqual(await readFile(halved), await readFile(whole));
  });
});
