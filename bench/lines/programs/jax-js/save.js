import { readFile, writeFile } from 'node:fs/promises';
import { defaultDevice, init, numpy as np, random } from '@jax-js/jax';

await init('wasm');
defaultDevice('wasm');
const shapes = { w1: [8, 1, 5, 5], b1: [8, 1, 1], w2: [4608, 10], b2: [10] };
const keys = random.split(random.key(1), 4);
const params = Object.fromEntries(
  Object.entries(shapes).map(([name, shape], i) => [name, random.normal(keys.ref.slice(i), shape)]),
);
const text = JSON.stringify(
  Object.fromEntries(Object.entries(params).map(([name, p]) => [name, p.ref.js()])),
);
await writeFile('net.json', text);
const read = JSON.parse(await readFile('net.json', 'utf8'));
const loaded = Object.fromEntries(Object.entries(read).map(([name, values]) => [name, np.array(values)]));
const same = Object.keys(shapes).map((name) => String(loaded[name].js()) === String(params[name].js()));
console.log(same.every(Boolean));
