/**
 * @file TensorFlow.js as a peer, on its plain `cpu` backend, the one that the package brings for every runtime, or, told so by the
 * first argument, on `wasm`: the MNIST CNN as train:cnn:BATCH and infer:cnn:BATCH; eight element-wise operations as chain:COUNT.
 * Maps are [batch, height, width, channels].
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { locate, type Run, serve } from './serve.ts';

interface Tensor {
  add(other: Tensor | number): Tensor;
  sub(other: Tensor): Tensor;
  mul(other: Tensor | number): Tensor;
  square(): Tensor;
  rsqrt(): Tensor;
  mean(axes: readonly number[], keep: boolean): Tensor;
  clipByValue(low: number, high: number): Tensor;
  reshape(shape: readonly number[]): Tensor;
  matMul(other: Tensor): Tensor;
  conv2d(filter: Tensor, stride: number, padding: 'same'): Tensor;
  avgPool(size: number, stride: number, padding: 'valid'): Tensor;
  exp(): Tensor;
  reciprocal(): Tensor;
  sqrt(): Tensor;
  tanh(): Tensor;
  dataSync(): Float32Array;
  dispose(): void;
}

interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  enableProdMode(): void;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  variable(value: Tensor): Tensor;
  tidy<T>(f: () => T): T;
  readonly losses: { softmaxCrossEntropy(targets: Tensor, logits: Tensor): Tensor };
  readonly train: {
    momentum(
      rate: number,
      momentum: number,
    ): { minimize(f: () => Tensor, returnCost: boolean): Tensor | null; dispose(): void };
  };
}

const SHAPES: readonly (readonly number[])[] = [
  ...[[5, 5, 1, 32], [32], [32]],
  ...[[5, 5, 32, 64], [64], [64]],
  ...[[3136, 512], [512], [512]],
  ...[[512, 10], [10]],
];

const { url, version } = locate('@tensorflow/tfjs');
// The package tells everyone on a server about its native sister: that is no answer of the protocol.
console.warn = console.log = console.info = () => {};
const loaded = (await import(url)) as { readonly default?: TensorFlow } & TensorFlow;
const tf = loaded.default ?? loaded;
tf.enableProdMode();
const backend = process.argv[2] ?? 'cpu';
if (backend === 'wasm') {
  const wasm = locate('@tensorflow/tfjs-backend-wasm').url;
  const { setWasmPaths } = ((await import(wasm)) as { default: { setWasmPaths(path: string): void } })
    .default;
  setWasmPaths(join(dirname(fileURLToPath(wasm)), '/'));
}
await tf.setBackend(backend);
await tf.ready();

/** Numbers in -1 to 1 that look random enough; their values do not matter for the time. */
function filled(shape: readonly number[], scale = 1): Tensor {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  for (let i = 0; i < values.length; i++) values[i] = scale * Math.sin(1 + 12.9898 * i);
  return tf.tensor(values, shape);
}

/** Batch statistics in training; in inference the norm is folded, only the shift is left. */
function norm(x: Tensor, gamma: Tensor, beta: Tensor, axes: readonly number[], training: boolean): Tensor {
  if (!training) return x.add(beta);
  const centred = x.sub(x.mean(axes, true));
  const deviation = centred.square().mean(axes, true).add(1e-5).rsqrt();
  return centred.mul(deviation).mul(gamma).add(beta);
}

function logits(p: readonly Tensor[], x: Tensor, batch: number, training: boolean): Tensor {
  let y = x;
  for (const layer of [0, 3]) {
    y = norm(y.conv2d(p[layer]!, 1, 'same'), p[layer + 1]!, p[layer + 2]!, [0, 1, 2], training);
    y = y.clipByValue(-1, 1).avgPool(2, 2, 'valid');
  }
  y = norm(y.reshape([batch, 3136]).matMul(p[6]!), p[7]!, p[8]!, [0], training).clipByValue(-1, 1);
  return y.matMul(p[9]!).add(p[10]!);
}

function training(batch: number): Run {
  const parameters = SHAPES.map((shape) => tf.variable(filled(shape, 0.1)));
  const optimizer = tf.train.momentum(1e-3, 0.9);
  const x = filled([batch, 28, 28, 1]);
  const targets = new Float32Array(10 * batch).map((_, i) => (i % 10 === Math.floor(i / 10) % 10 ? 1 : 0));
  const y = tf.tensor(targets, [batch, 10]);
  return () => {
    const loss = optimizer.minimize(
      () => tf.losses.softmaxCrossEntropy(y, logits(parameters, x, batch, true)),
      true,
    );
    loss?.dataSync();
    loss?.dispose();
  };
}

function inference(batch: number): Run {
  const parameters = SHAPES.map((shape) => filled(shape, 0.1));
  const x = filled([batch, 28, 28, 1]);
  return () => void tf.tidy(() => logits(parameters, x, batch, false).dataSync());
}

/** Each operation by itself: TensorFlow.js has no compiler. */
function chain(count: number): Run {
  const x = filled([count]);
  return () => void tf.tidy(() => x.mul(0.5).add(0.1).tanh().mul(x).exp().add(1).sqrt().reciprocal());
}

await serve(`${version} ${backend}`, async (what) => {
  const [kind, name, batch] = what.split(':');
  if (kind === 'chain') return chain(Number(name));
  if (kind === 'train' && name === 'cnn') return training(Number(batch));
  if (kind === 'infer' && name === 'cnn') return inference(Number(batch));
  throw new Error(`unknown case ${what}`);
});
