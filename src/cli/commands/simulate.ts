/**
 * @file `simulate`: a spiking network on test images, by its spikes.
 */

import { loadModel } from '../../io/model-file.ts';
import { loadSnn } from '../../io/snn-file.ts';
import { evaluate } from '../../train/evaluate.ts';
import { modelFrom } from '../../nn/model.ts';
import { percent } from '../../report/format.ts';
import { textTable } from '../../report/table.ts';
import { runTable } from '../../report/tables.ts';
import { createRuntime } from '../../runtime.ts';
import { type Command, defineCommand } from '../command.ts';
import { openTestSet, TEST_SET_OPTIONS } from '../dataset-options.ts';
import { text } from '../options.ts';
import { checkInput, simulateNetwork } from '../simulate-network.ts';
import {
  namedRun,
  type Reference,
  type SimulationKeys,
  settledKeys,
  simulationKeys,
  TABLE_ESTIMATOR,
} from '../simulation-keys.ts';
import { resolveSchedule, SIMULATION_OPTIONS } from '../steps.ts';

export const simulate: Command = defineCommand({
  name: 'simulate',
  summary: 'accuracy at every step, spikes, operations, energy',
  description:
    'Runs a spiking network on test images: the image is a constant current, the answer after t steps the mean current of the ' +
    "last layer, so one run gives the accuracy at every step. Operations are counted with each neuron's exact fan-out; " +
    'energy is an estimate of the arithmetic alone, by named estimators.',
  positionals: [{ name: 'SNN', help: 'a file that convert wrote' }],
  options: {
    ...TEST_SET_OPTIONS,
    ...SIMULATION_OPTIONS,
    model: text('FILE', 'the trained network: also count the images on which the spikes answer differently'),
  },
  examples: [
    {
      line: 'strelu simulate runs/digits.snn.safetensors',
      says: 'all test images of the set it was trained on',
    },
    {
      line: 'strelu simulate runs/lenet.snn.safetensors --limit 1000 --steps 1,2,4,8,16,32 --json runs/sim.json',
      says: 'the first 1000 test images, up to T = 32',
    },
    {
      line: 'strelu simulate runs/lenet.snn.safetensors --engine dense --schedule layered',
      says: 'the readable definition instead of events: the same answers',
    },
  ],
  async run(call) {
    const [path] = call.positionals;
    const { options, progress, print } = call;
    const network = await loadSnn(path!);
    const ann = options.model === null ? null : await loadModel(options.model);
    const { dataset, words } = await openTestSet(call, network.provenance);
    if (ann) checkInput(ann.architecture, dataset);
    const schedule = resolveSchedule(network, options.schedule);
    call.config.schedule = schedule;
    const runtime = createRuntime({ kernels: options.kernels, workers: options.workers });
    try {
      const evaluation = ann && evaluate(runtime, modelFrom(runtime.heap, ann), dataset);
      const reference: Reference | null = evaluation && { name: 'ANN', predictions: evaluation.predictions };
      const { engine, kernels } = options;
      const run = async (steps: number, label: string): Promise<{ steps: number; keys: SimulationKeys }> => {
        const request = { steps, engine, schedule, kernels, runtime };
        const simulated = await simulateNetwork(network, dataset, request, progress, label);
        return { steps, keys: simulationKeys(network, simulated, dataset.labels, reference) };
      };
      let keys: SimulationKeys;
      if (schedule === 'settling') {
        const runs = [];
        for (const steps of options.steps) runs.push(await run(steps, `settling, T = ${steps}`));
        keys = settledKeys(runs);
      } else ({ keys } = await run(options.steps.at(-1)!, 'simulating'));
      const { columns, rows } = runTable([namedRun(network.neuron, keys)], options.steps);
      print(`${network.name}, neuron ${network.neuron}, ${schedule}, ${keys.simulate.method}; ${words}\n`);
      print(textTable(columns, rows));
      print(
        `\nspikes per neuron, accumulates and energy are per image, up to step T; energy by ${TABLE_ESTIMATOR}`,
      );
      if (evaluation)
        print(
          `ANN ${percent(evaluation.accuracy)} %; at T = ${options.steps.at(-1)} the spikes answer differently on ${keys.snn.mismatches} of ${dataset.count} images`,
        );
      return {
        exit: 0,
        result: {
          ...keys,
          ...(evaluation && { ann: { accuracy: evaluation.accuracy } }),
          images: dataset.count,
        },
      };
    } finally {
      runtime.close();
    }
  },
});
