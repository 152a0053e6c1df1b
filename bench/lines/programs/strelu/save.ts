import { conv2d, createModel, createRuntime, exportNetwork, flatten, linear, Random } from 'strelu';
import { relu, sequential } from 'strelu';
import { loadModel, saveModel } from 'strelu/node';

const net = sequential(conv2d(8, 5), relu(), flatten(), linear(10));
const { heap } = createRuntime();
const network = exportNetwork(createModel(heap, net([28, 28, 1]), Random.seeded(1)));
await saveModel('net.safetensors', network);
const { weights } = await loadModel('net.safetensors');
console.log([...weights].every(([name, values]) => values.join() === network.weights.get(name)!.join()));
