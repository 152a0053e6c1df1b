import { defaultDevice, grad, init, numpy as np } from '@jax-js/jax';

await init('wasm');
defaultDevice('wasm');
const softClip = (theta, x) => np.tanh(x.div(theta.ref)).mul(theta);
const gradient = grad((theta, x) => softClip(theta, x).sum());
console.log(await gradient(np.array(1), np.array([1, 2])).jsAsync());
