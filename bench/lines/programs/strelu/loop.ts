import { createRuntime, crossEntropy, kaimingNormal, normalised, parameter, Random } from 'strelu';
import { sgd, Tape } from 'strelu';
import { openDataset } from 'strelu/node';

const data = await openDataset('mnist', 'train');
const images = normalised(data);
const runtime = createRuntime();
const random = Random.seeded(1);
const hidden = parameter(runtime.heap, [784, 128], kaimingNormal(random));
const head = parameter(runtime.heap, [128, 10], kaimingNormal(random));
const optimizer = sgd(runtime, [hidden, head], { learningRate: 0.05, momentum: 0.9 });
const tape = Tape.on(runtime);
for (let i = 0; i + 64 <= data.count; i += 64) {
  const x = tape.array(images.subarray(i * 784, (i + 64) * 784)).reshape(64, 784);
  const loss = crossEntropy(x.matmul(hidden).relu().matmul(head), data.labels.subarray(i, i + 64));
  loss.backward();
  optimizer.step();
  if (i % 6400 === 0) console.log(loss.item());
  tape.reset();
}
runtime.close();
