/** @file A workbench of the page, on one thread, with the network that comes with it open. */
import { readFile } from 'node:fs/promises';
import { openNetwork } from '../../../src/playground/engine/open-network.ts';
import { samplePicture } from '../../../src/playground/engine/sample.ts';
import type { Workbench } from '../../../src/playground/engine/workbench.ts';
import type { Sample } from '../../../src/playground/protocol.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { SOURCE_FOLDER } from '../../support/source-folder.ts';

const NETWORK = new URL('../datasets/playground/strokes.safetensors', SOURCE_FOLDER);

export async function withWorkbench(
  use: (bench: Workbench, digit: Sample) => void | Promise<void>,
): Promise<void> {
  const runtime = createRuntime({ deterministic: true });
  const bench: Workbench = { runtime, threads: 1, open: null, run: null, data: null, training: null };
  try {
    await openNetwork(bench, {
      kind: 'file',
      name: 'strokes',
      bytes: new Uint8Array(await readFile(NETWORK)),
    });
    await use(bench, samplePicture(bench, 3));
  } finally {
    runtime.close();
  }
}
