/**
 * @file jax-js as a peer, on its WebAssembly backend: gemm:N, eight element-wise operations as chain:COUNT (one jitted function), and the
 * MNIST CNN as train:cnn:BATCH and infer:cnn:BATCH.
 * Training is one jitted function, value and gradient; the update (momentum) another. Maps are [batch, channels, height, width].
 */
import { locate, type Run, serve } from './serve.ts';

/** A function that takes an array uses it up; `ref` keeps one more. */
interface Jax {
  readonly ref: Jax;
  add(other: Jax | number): Jax;
  sub(other: Jax): Jax;
  mul(other: Jax | number): Jax;
  reshape(shape: readonly number[]): Jax;
  mean(axis?: readonly number[], options?: { readonly keepdims: boolean }): Jax;
  sum(axis?: number): Jax;
  dispose(): void;
  blockUntilReady(): Promise<Jax>;
}

type Jitted<A extends readonly unknown[], R> = (...args: A) => R;

interface JaxModule {
  init(device: string): Promise<unknown>;
  defaultDevice(device: string): void;
  jit<A extends readonly unknown[], R>(f: (...args: A) => R): Jitted<A, R>;
  valueAndGrad(
    f: (parameters: Jax[], x: Jax, y: Jax) => Jax,
  ): (parameters: Jax[], x: Jax, y: Jax) => [Jax, Jax[]];
  blockUntilReady<T>(tree: T): Promise<T>;
  readonly numpy: {
    array(values: Float32Array): Jax;
    matmul(a: Jax, b: Jax): Jax;
    clip(a: Jax, low: number, high: number): Jax;
    exp(a: Jax): Jax;
    tanh(a: Jax): Jax;
    square(a: Jax): Jax;
    sqrt(a: Jax): Jax;
    reciprocal(a: Jax): Jax;
  };
  readonly nn: { logSoftmax(x: Jax, axis: number): Jax };
  readonly lax: { conv(x: Jax, w: Jax, strides: readonly number[], padding: string): Jax };
}

const SHAPES: readonly (readonly number[])[] = [
  ...[
    [32, 1, 5, 5],
    [1, 32, 1, 1],
    [1, 32, 1, 1],
  ],
  ...[
    [64, 32, 5, 5],
    [1, 64, 1, 1],
    [1, 64, 1, 1],
  ],
  ...[
    [3136, 512],
    [1, 512],
    [1, 512],
  ],
  ...[
    [512, 10],
    [1, 10],
  ],
];

const { url, version } = locate('@jax-js/jax');
const jax = (await import(url)) as JaxModule;
const { numpy: np, lax, nn } = jax;
await jax.init('wasm');
jax.defaultDevice('wasm');

/** Numbers in -1 to 1 that look random enough; their values do not matter for the time. */
function filled(shape: readonly number[], scale = 1): Jax {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  for (let i = 0; i < values.length; i++) values[i] = scale * Math.sin(1 + 12.9898 * i);
  return np.array(values).reshape(shape);
}

/** Batch statistics in training; in inference the norm is folded, only the shift is left. */
function norm(x: Jax, gamma: Jax, beta: Jax, axes: readonly number[], training: boolean): Jax {
  if (!training) {
    gamma.dispose();
    return x.add(beta);
  }
  const centred = x.ref.sub(x.mean(axes, { keepdims: true }));
  const variance = np.square(centred.ref).mean(axes, { keepdims: true });
  return centred
    .mul(np.reciprocal(np.sqrt(variance.add(1e-5))))
    .mul(gamma)
    .add(beta);
}

function logits(p: Jax[], x: Jax, batch: number, training: boolean): Jax {
  let y = x;
  for (const [layer, channels, size] of [
    [0, 32, 28],
    [3, 64, 14],
  ] as const) {
    y = lax.conv(y, p[layer]!, [1, 1], 'SAME');
    y = np.clip(norm(y, p[layer + 1]!, p[layer + 2]!, [0, 2, 3], training), -1, 1);
    y = y.reshape([batch, channels, size / 2, 2, size / 2, 2]).mean([3, 5]);
  }
  y = np.matmul(y.reshape([batch, 3136]), p[6]!);
  y = np.clip(norm(y, p[7]!, p[8]!, [0], training), -1, 1);
  return np.matmul(y, p[9]!).add(p[10]!);
}

function training(batch: number): Run {
  const loss = (p: Jax[], x: Jax, y: Jax): Jax =>
    nn
      .logSoftmax(logits(p, x, batch, true), -1)
      .mul(y)
      .sum()
      .mul(-1 / batch);
  const step = jax.jit(jax.valueAndGrad(loss));
  const update = jax.jit((p: Jax[], g: Jax[], v: Jax[]): [Jax[], Jax[]] => {
    const velocity = v.map((one, i) => one.mul(0.9).add(g[i]!));
    return [p.map((one, i) => one.sub(velocity[i]!.ref.mul(1e-3))), velocity];
  });
  let parameters = SHAPES.map((shape) => filled(shape, 0.1));
  let velocities = SHAPES.map((shape) => filled(shape, 0));
  const x = filled([batch, 1, 28, 28]);
  const targets = new Float32Array(10 * batch).map((_, i) => (i % 10 === Math.floor(i / 10) % 10 ? 1 : 0));
  const y = np.array(targets).reshape([batch, 10]);
  return async () => {
    const [value, gradients] = step(
      parameters.map((p) => p.ref),
      x.ref,
      y.ref,
    );
    [parameters, velocities] = update(parameters, gradients, velocities);
    await jax.blockUntilReady([value, parameters]);
    value.dispose();
  };
}

function inference(batch: number): Run {
  const run = jax.jit((p: Jax[], x: Jax) => logits(p, x, batch, false));
  const parameters = SHAPES.map((shape) => filled(shape, 0.1));
  const x = filled([batch, 1, 28, 28]);
  return async () => {
    const y = run(
      parameters.map((p) => p.ref),
      x.ref,
    );
    await y.blockUntilReady();
    y.dispose();
  };
}

function product(n: number): Run {
  const [a, b] = [filled([n, n]), filled([n, n])];
  return async () => {
    const c = np.matmul(a.ref, b.ref);
    await c.blockUntilReady();
    c.dispose();
  };
}

function chain(count: number): Run {
  const x = filled([count]);
  const run = jax.jit((a: Jax) => {
    const y = np.tanh(a.ref.mul(0.5).add(0.1)).mul(a);
    return np.reciprocal(np.sqrt(np.exp(y).add(1)));
  });
  return async () => {
    const y = run(x.ref);
    await y.blockUntilReady();
    y.dispose();
  };
}

await serve(version, async (what) => {
  const [kind, ...rest] = what.split(':');
  if (kind === 'gemm') return product(Number(rest[0]));
  if (kind === 'chain') return chain(Number(rest[0]));
  if (kind === 'train' && rest[0] === 'cnn') return training(Number(rest[1]));
  if (kind === 'infer' && rest[0] === 'cnn') return inference(Number(rest[1]));
  throw new Error(`unknown case ${what}`);
});
