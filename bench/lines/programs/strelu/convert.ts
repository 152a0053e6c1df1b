import { accuracyBySteps, convert, normalised, simulate } from 'strelu';
import { loadModel, openDataset } from 'strelu/node';

const test = await openDataset('mnist', 'test', { limit: 1000 });
const { snn } = convert(await loadModel('cnn.safetensors'));
const result = simulate(snn, normalised(test), { steps: 32 });
console.log(accuracyBySteps(result, test.labels));
