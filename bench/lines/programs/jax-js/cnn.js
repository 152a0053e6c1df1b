import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { defaultDevice, init, jit, lax, nn, numpy as np, random, tree } from '@jax-js/jax';
import { valueAndGrad } from '@jax-js/jax';

await init('wasm');
defaultDevice('wasm');
const read = async (file, header) => gunzipSync(await readFile(`data/mnist/${file}.gz`)).subarray(header);
const pixels = async (file) => Float32Array.from(await read(file, 16), (x) => (x / 255 - 0.1307) / 0.3081);
const [images, labels] = [await pixels('train-images-idx3-ubyte'), await read('train-labels-idx1-ubyte', 8)];
const [testImages, testLabels] = [
  await pixels('t10k-images-idx3-ubyte'),
  await read('t10k-labels-idx1-ubyte', 8),
];
const shapes = {
  w1: [8, 1, 5, 5],
  b1: [8, 1, 1],
  w2: [16, 8, 5, 5],
  b2: [16, 1, 1],
  w3: [256, 10],
  b3: [10],
};
const fanIn = { w1: 25, b1: 25, w2: 200, b2: 200, w3: 256, b3: 256 };
const keys = random.split(random.key(1), 6);
let params = Object.fromEntries(
  Object.entries(shapes).map(([name, shape], i) => {
    const maxval = 1 / Math.sqrt(fanIn[name]);
    return [name, random.uniform(keys.ref.slice(i), shape, { minval: -maxval, maxval })];
  }),
);
let velocity = tree.map((p) => p.ref.mul(0), params);
const pool = (x) => {
  const [batch, channels, height, width] = x.shape;
  return x.reshape([batch, channels, height / 2, 2, width / 2, 2]).mean([3, 5]);
};
const predict = jit(({ w1, b1, w2, b2, w3, b3 }, x) => {
  const y = pool(nn.relu(lax.conv(x, w1, [1, 1], 'VALID').add(b1)));
  const z = pool(nn.relu(lax.conv(y, w2, [1, 1], 'VALID').add(b2)));
  return np.dot(z.reshape([-1, 256]), w3).add(b3);
});
const loss = (p, x, y) =>
  nn
    .logSoftmax(predict(p, x))
    .mul(y)
    .sum()
    .mul(-1 / 64);
const gradient = jit(valueAndGrad(loss));
const update = jit((p, v, g) => {
  const faster = tree.map((a, b) => a.mul(0.9).add(b), v, tree.ref(g));
  const next = tree.map((a, b, c) => a.sub(b.mul(0.9).add(c).mul(0.05)), p, tree.ref(faster), g);
  return [next, faster];
});
for (let epoch = 0; epoch < 3; epoch++) {
  const order = Array.from(labels, (_, i) => i).sort(() => Math.random() - 0.5);
  for (let from = 0; from + 64 <= order.length; from += 64) {
    const batch = order.slice(from, from + 64);
    const x = Float32Array.from(
      { length: 64 * 784 },
      (_, i) => images[784 * batch[Math.floor(i / 784)] + (i % 784)],
    );
    const y = nn.oneHot(np.array(Int32Array.from(batch, (i) => labels[i])), 10);
    const [value, g] = gradient(tree.ref(params), np.array(x).reshape([64, 1, 28, 28]), y);
    value.dispose();
    [params, velocity] = update(params, velocity, g);
  }
}
const logits = predict(params, np.array(testImages).reshape([-1, 1, 28, 28]));
const classes = await np.argmax(logits, 1).data();
console.log((100 * classes.filter((c, i) => c === testLabels[i]).length) / classes.length);
