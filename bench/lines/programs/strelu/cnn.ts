import { avgPool, conv2d, createModel, createRuntime, fit, flatten, linear, Random } from 'strelu';
import { sequential, strelu, TRAIN_DEFAULTS } from 'strelu';
import { openDataset } from 'strelu/node';

const train = await openDataset('mnist', 'train');
const test = await openDataset('mnist', 'test');
const net = sequential(
  conv2d(8, 5),
  strelu(),
  avgPool(2),
  conv2d(16, 5),
  strelu(),
  avgPool(2),
  flatten(),
  linear(10),
);
const runtime = createRuntime();
const model = createModel(runtime.heap, net(train.shape), Random.seeded(1));
const { curve } = await fit(runtime, model, { train, test }, { ...TRAIN_DEFAULTS, epochs: 3 });
console.log(curve.at(-1)!.testAccuracy);
runtime.close();
