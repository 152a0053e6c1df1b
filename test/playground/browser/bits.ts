/** @file The page's worker gives the bits that Node gives with --deterministic, on two threads and on one. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { convert } from '../../../src/convert/convert.ts';
import { normalised } from '../../../src/data/normalise.ts';
import { drawStrokes } from '../../../src/data/strokes.ts';
import { decodeModel } from '../../../src/format/model-format.ts';
import { DEFAULT_SETTINGS } from '../../../src/playground/state/state.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { simulate } from '../../../src/snn/simulate.ts';

const MODEL = new URL('../../../datasets/playground/strokes.safetensors', import.meta.url);
const STEPS = 12;

/** What Node computes: the logits of a test digit. */
export async function logitsOnNode(): Promise<number[]> {
  const runtime = createRuntime({ deterministic: true });
  try {
    const { snn } = convert(decodeModel(new Uint8Array(await readFile(MODEL)), 'strokes'));
    const image = normalised(drawStrokes({ count: 4, seed: 1, split: 'test' }), 3, 1);
    return [...simulate(snn, image, { steps: STEPS, runtime }).logits];
  } finally {
    runtime.close();
  }
}

export async function checkBits(page: Page, expected: readonly number[], threads: number): Promise<void> {
  const found = await page.evaluate(
    async ([settings, steps]) => {
      const worker = new Worker('worker.js', { type: 'module' });
      const ask = (
        question: string,
        ask: unknown,
      ): Promise<{ picture: Uint8Array; logits: Float32Array; threads: number }> =>
        new Promise((resolve, reject) => {
          worker.onmessage = ({ data }) =>
            data.error ? reject(new Error(data.error)) : resolve(data.answer);
          worker.postMessage({ id: 1, question, ask });
        });
      const bytes = new Uint8Array(await (await fetch('networks/strokes.safetensors')).arrayBuffer());
      await ask('open', { kind: 'file', name: 'strokes', bytes });
      const { picture } = await ask('sample', { index: 3 });
      const answers = [];
      for (let i = 0; i < 3; i++) {
        const { logits, threads } = await ask('run', { picture, settings: { ...settings, steps } });
        answers.push({ logits: [...logits], threads });
      }
      worker.terminate();
      return answers;
    },
    [DEFAULT_SETTINGS, STEPS] as const,
  );
  for (const answer of found) assert.deepEqual(answer, { logits: expected, threads });
}
