/**
 * @file One small piece of work whose bytes are the same on every runtime that is asked to be deterministic, whatever the number of
 * workers: trained weights, converted tensors, and what the spiking networks answer. Its digest is committed here; `npm test`,
 * `npm run test:deno`, `npm run test:browser` and `npm run test:package` (Node 20, 22, 24, 26, Deno, bundles in Chromium) check it.
 */

/** The digest of `work` with `deterministic`. It changes only with what is computed: say so in the CHANGELOG. */
export const SAME_BITS = 'a5f2ee6fd5ee5c71ce37b9a17a73e33e';

export interface Work {
  /** SHA-256 of every weight, tensor, logit and count. */
  readonly digest: string;
  readonly lanes: number;
  /** Threads that have joined in. */
  readonly helpers: number;
  readonly finite: boolean;
}

/**
 * Uses nothing but its arguments and what every runtime has: test/package writes it out as text, for projects that have only the package.
 * @param strelu the package
 */
export async function work(
  strelu: typeof import('../../src/index.ts'),
  workers: number,
  deterministic: boolean,
  workerUrl?: string,
): Promise<Work> {
  const runtime = strelu.createRuntime({ workers, deterministic, ...(workerUrl && { workerUrl }) });
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, milliseconds);
    });
  const digits = {
    train: strelu.drawStrokes({ count: 256, seed: 1, split: 'train' }),
    test: strelu.drawStrokes({ count: 64, seed: 1, split: 'test' }),
  };
  const architecture = strelu.MODELS.lenet(digits.train.shape, 10, { activation: 'strelu', width: 0.5 });
  const model = strelu.createModel(runtime.heap, architecture, strelu.Random.seeded(1));
  const course = { ...strelu.TRAIN_DEFAULTS, epochs: 1, batchSize: 32 };
  for (const event of strelu.train(runtime, model, digits, course)) if (event.step % 2 === 0) await pause(20);
  const network = strelu.exportNetwork(model, {});
  const found: ArrayLike<number>[] = [...network.weights.values()];
  const images = new Float32Array(8 * 28 * 28);
  const batches = strelu.createBatches(digits.test, { batchSize: 8, seed: 1, shuffle: false });
  batches.fill(0, 0, images, new Uint8Array(8));
  let finite = true;
  for (const neuron of ['half', 'full', 'tracer', 'rest']) {
    const { snn } = strelu.convert(network, { neuron });
    for (const { theta, bias, inputs } of snn.layers)
      found.push(theta, bias, ...inputs.map(({ weight }) => weight));
    const exact = strelu.exactNetwork(snn, 4);
    const ways = [
      { one: snn, options: { engine: 'events' } },
      { one: snn, options: { engine: 'reference' }, few: true },
      { one: strelu.quantisedToInt8(snn), options: { engine: 'events' } },
      { one: exact, options: { engine: 'products' } },
    ] as const;
    for (const { one, options, ...rest } of ways) {
      const input = 'few' in rest ? images.subarray(0, 28 * 28) : images;
      const { logits, record } = strelu.simulate(one, input, {
        ...options,
        steps: 4,
        record: { counts: true },
        ...(options.engine !== 'reference' && { runtime }),
      });
      finite &&= logits.every(Number.isFinite);
      found.push(logits);
      for (const { counts } of record) if (counts) found.push(counts);
    }
  }
  const { lanes } = runtime.team;
  // A thread joins when it is up: on a busy machine that may be after all this work is done.
  const { snn } = strelu.convert(network);
  for (let i = 0; i < 200 && runtime.team.helpers < lanes - 1; i++) {
    await pause(50);
    strelu.simulate(snn, images, { steps: 4, runtime });
  }
  const { helpers } = runtime.team;
  runtime.close();
  const bytes = new Uint8Array(Float32Array.from(found.flatMap((array) => Array.from(array))).buffer);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const digest = Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { digest, lanes, helpers, finite };
}
