import { activation, createModel, createRuntime, forward, type OwnActivation } from 'strelu';
import { Random, sequential, Tape } from 'strelu';

const softClip: OwnActivation = {
  name: 'soft-clip',
  forward: (x, theta) => x.div(theta).tanh().mul(theta),
};
const runtime = createRuntime();
const model = createModel(runtime.heap, sequential(activation(softClip))([1, 1, 2]), Random.seeded(1));
const tape = Tape.on(runtime);
const x = tape.array([[[[1, 2]]]]);
forward(tape, model, x, { training: Random.seeded(1) })
  .sum()
  .backward();
console.log(model.tensors.get('act1.theta')!.gradient![0]);
runtime.close();
