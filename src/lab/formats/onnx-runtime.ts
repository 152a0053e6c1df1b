/**
 * @file The same images through onnxruntime and through a network of ours. onnxruntime-node is no dependency: it is looked for
 * beside strelu and from the working folder.
 */
import { InputError } from '../../errors.ts';
import { mapSize, type TrainedNetwork } from '../../nn/architecture.ts';
import { forward } from '../../nn/forward.ts';
import { withModel } from '../../nn/trained-network.ts';
import { importOptional, installWords } from '../../platform/optional-package.ts';
import { Random } from '../../random/random.ts';
import { createRuntime } from '../../runtime.ts';
import { Tape } from '../../tensor/tape.ts';
import type { ImportCheck } from './import-format.ts';

/** What is used of onnxruntime-node. */
interface OnnxRuntime {
  readonly InferenceSession: {
    create(path: string): Promise<Session>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => unknown;
  readonly env?: { readonly versions?: { readonly node?: string } };
}

interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(
    feeds: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, { readonly data: ArrayLike<number> }>>>;
}

const IMAGES = 8;
const BOUND = 1e-4;
const PACKAGE = 'onnxruntime-node';

/** @throws InputError when onnxruntime-node is not installed, or cannot run the file */
async function loadRuntime(): Promise<OnnxRuntime> {
  const name: string = PACKAGE;
  try {
    const found = await importOptional<OnnxRuntime & { readonly default?: OnnxRuntime }>(
      name,
      () => import(name),
    );
    return found.InferenceSession ? found : found.default!;
  } catch (cause) {
    throw new InputError(
      `--check needs the package ${PACKAGE}, which could not be loaded; ${installWords('import', PACKAGE)}`,
      { cause },
    );
  }
}

/** @param path of the ONNX file */
export async function compareWithRuntime(
  path: string,
  network: TrainedNetwork,
  seed: number,
): Promise<ImportCheck> {
  const runtime = await loadRuntime();
  const { input } = network.architecture;
  const random = Random.seeded(seed);
  const images = Float32Array.from({ length: IMAGES * mapSize(input) }, () => 2 * random.uniform() - 1);
  const expected = await runtimeLogits(runtime, path, network, images);
  const found = ownLogits(network, images);
  const size = Math.max(1, ...expected.map(Math.abs));
  const worst = Math.max(...found.map((x, i) => Math.abs(x - expected[i]!))) / size;
  const version = runtime.env?.versions?.node;
  return {
    reference: version ? `${PACKAGE} ${version}` : PACKAGE,
    images: IMAGES,
    worst,
    bound: BOUND,
    holds: worst <= BOUND,
  };
}

/** Image by image: a file may be made for one at a time. */
async function runtimeLogits(
  { InferenceSession, Tensor }: OnnxRuntime,
  path: string,
  { architecture }: TrainedNetwork,
  images: Float32Array,
): Promise<number[]> {
  const session = await InferenceSession.create(path);
  const { input } = architecture;
  const [rows, columns, channels] = input;
  const size = mapSize(input);
  const logits: number[] = [];
  try {
    for (let i = 0; i < IMAGES; i++) {
      const image = images.subarray(i * size, (i + 1) * size);
      const first = Float32Array.from({ length: size }, (_, at) => {
        const place = at % (rows * columns);
        return image[place * channels + Math.floor(at / (rows * columns))]!;
      });
      const dims = rows * columns === 1 ? [1, channels] : [1, channels, rows, columns];
      const [name = ''] = session.inputNames;
      const outputs = await session.run({ [name]: new Tensor('float32', first, dims) });
      logits.push(...Array.from(outputs[session.outputNames[0]!]!.data));
    }
  } catch (cause) {
    throw new InputError(
      `${path}: ${PACKAGE} cannot run it on images of ${input.join('x')} (${(cause as Error).message.split('\n')[0]}); leave --check out`,
      { cause },
    );
  }
  return logits;
}

function ownLogits(network: TrainedNetwork, images: Float32Array): number[] {
  const runtime = createRuntime({ workers: 1 });
  try {
    return withModel(runtime.heap, network, (model) => {
      const tape = Tape.on(runtime, { recording: false });
      const x = tape.tensor([IMAGES, ...network.architecture.input]);
      x.data.set(images);
      return [...forward(tape, model, x).data];
    });
  } finally {
    runtime.close();
  }
}
