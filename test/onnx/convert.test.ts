/**
 * @file What PyTorch exported goes all the way: imported, converted, its laws verified; and where the method is the project's own, 512
 * steps give the logits of the trained network.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { convert } from '../../src/convert/convert.ts';
import { CONVERSION_METHODS } from '../../src/convert/methods/index.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { calibrate } from '../../src/lab/calibrate.ts';
import { networkInput } from '../../src/lab/simulate/network-input.ts';
import { verifyNetwork } from '../../src/lab/verify/verify-network.ts';
import { activationLayers } from '../../src/nn/activation-layers.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import { importOnnx } from '../../src/onnx/import-onnx.ts';
import { createRuntime } from '../../src/runtime.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { drawn } from './images.ts';
import { farthest, logitsOf } from './logits.ts';

const FILES = new URL('../test/onnx/files/', SOURCE_FOLDER);
const [IMAGES, STEPS] = [2, 512];

/** Drawn images for the network, [-1, 1] as it was exported with. */
function imagesFor({ architecture }: TrainedNetwork): Dataset {
  const { input, classes } = architecture;
  const size = input[0] * input[1] * input[2];
  return {
    name: 'drawn',
    images: Uint8Array.from(drawn(IMAGES * size, 11), (x) => 127.5 * (x + 1)),
    labels: new Uint8Array(IMAGES),
    count: IMAGES,
    shape: input,
    classes,
    classNames: Array.from({ length: classes }, (_, c) => String(c)),
    mean: Array<number>(input[2]).fill(0.5),
    deviation: Array<number>(input[2]).fill(0.5),
    synthetic: true,
  };
}

for (const name of (await readdir(FILES)).filter((file) => file.endsWith('-13.onnx')).sort())
  test(`${name}: converted and verified`, async () => {
    const { network } = await importOnnx(await readFile(new URL(name, FILES)), { source: name });
    const dataset = imagesFor(network);
    const kinds = new Set(activationLayers(network.architecture.layers).map(({ activation }) => activation));
    const method = CONVERSION_METHODS.find(({ activations }) =>
      [...kinds].every((kind) => activations.includes(kind)),
    )!;
    const runtime = createRuntime({ workers: 1 });
    try {
      const calibration = method.needsCalibration
        ? await calibrate(runtime, network, dataset, IMAGES)
        : undefined;
      const { snn } = convert(network, { method: method.name, ...(calibration && { calibration }) });
      const { verification } = await verifyNetwork(network, snn, dataset, { runtime, steps: 16 });
      assert.ok(verification.laws.length > 0);
      for (const law of verification.laws)
        assert.ok(law.holds, `${law.id}: ${law.worst}, bound ${law.bound}`);
      if (method.name !== 'strelu') return;
      const images = networkInput(dataset, 0, IMAGES);
      const { logits } = simulate(snn, images, { steps: STEPS });
      const last = [...logits].slice(-IMAGES * network.architecture.classes);
      const distance = farthest(last, logitsOf(network, images, true));
      if (process.env.SHOW) console.log(name, method.name, distance);
      assert.ok(distance < 1e-2, `after ${STEPS} steps the logits are ${distance} away`);
    } finally {
      runtime.close();
    }
  });
