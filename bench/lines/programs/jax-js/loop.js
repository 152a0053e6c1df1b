import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { defaultDevice, init, jit, nn, numpy as np, random, tree, valueAndGrad } from '@jax-js/jax';

await init('wasm');
defaultDevice('wasm');
const read = async (file, header) => gunzipSync(await readFile(`data/mnist/${file}.gz`)).subarray(header);
const bytes = await read('train-images-idx3-ubyte', 16);
const images = Float32Array.from(bytes, (x) => (x / 255 - 0.1307) / 0.3081);
const labels = await read('train-labels-idx1-ubyte', 8);
const keys = random.split(random.key(1), 2);
const he = (i, shape) => random.normal(keys.ref.slice(i), shape).mul(Math.sqrt(2 / shape[0]));
let params = [he(0, [784, 128]), he(1, [128, 10])];
let velocity = tree.map((p) => p.ref.mul(0), params);
const loss = ([hidden, head], x, y) =>
  nn
    .logSoftmax(np.dot(nn.relu(np.dot(x, hidden)), head))
    .mul(y)
    .sum()
    .mul(-1 / 64);
const gradient = jit(valueAndGrad(loss));
for (let i = 0; i + 64 <= labels.length; i += 64) {
  const x = np.array(images.slice(i * 784, (i + 64) * 784)).reshape([64, 784]);
  const y = nn.oneHot(np.array(Int32Array.from(labels.subarray(i, i + 64))), 10);
  const [value, g] = gradient(tree.ref(params), x, y);
  velocity = tree.map((v, d) => v.mul(0.9).add(d), velocity, g);
  params = tree.map((p, v) => p.sub(v.ref.mul(0.05)), params, velocity);
  if (i % 6400 === 0) console.log(await value.jsAsync());
  else value.dispose();
}
