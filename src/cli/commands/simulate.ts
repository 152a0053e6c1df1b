/**
 * @file `simulate`: a spiking network on test images, by its spikes.
 */
import { checkInput } from '../../data/check-input.ts';
import { ESTIMATORS } from '../../energy/estimators.ts';
import { UsageError } from '../../errors.ts';
import { loadModel } from '../../io/model-file.ts';
import { networkPath } from '../../io/pretrained.ts';
import { loadSnn } from '../../io/snn-file.ts';
import { writeAtomic } from '../../io/write-atomic.ts';
import { createProfile } from '../../kernels/profile.ts';
import { evaluateNetwork } from '../../lab/evaluate-network.ts';
import { listedCounts } from '../../lab/simulate/merge-parts.ts';
import { recordSpikes } from '../../lab/simulate/record-spikes.ts';
import { AUTO_IN_PARTS, parseShard, shardOf, shardRange } from '../../lab/simulate/shard.ts';
import { countedVariant } from '../../lab/simulate/simulate-variant.ts';
import { againstSkipping } from '../../lab/simulate/zero-skipping.ts';
import { againstText, withZeros } from '../../report/against-table.ts';
import { energyText, estimatorText } from '../../report/energy-table.ts';
import { fixed, percent } from '../../report/format.ts';
import { profileTable } from '../../report/profile-table.ts';
import type { StopComparison, WeightsComparison } from '../../report/result.ts';
import { TABLE_ESTIMATOR } from '../../report/simulation-report.ts';
import { textTable } from '../../report/table.ts';
import { runTable, weightsTable } from '../../report/tables.ts';
import { ratesOf } from '../../snn/neurons/neuron.ts';
import { requestOf } from '../../snn/request.ts';
import { choice, flag, integer, text } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { openTestSet, TEST_SET_OPTIONS } from '../options/dataset.ts';
import { openRuntime } from '../options/runtime.ts';
import { SHARD_OPTION } from '../options/shard.ts';
import { SIMULATION_OPTIONS, simulationRequest } from '../options/simulation.ts';
import { openTuning } from '../options/tuning.ts';
import { stopRule, VARIANT_OPTIONS } from '../options/variant.ts';

export const simulate: Command = defineCommand({
  name: 'simulate',
  summary: 'accuracy at every step, spikes, operations, energy',
  description:
    'Runs a spiking network on test images: the image is a constant current, the answer after t steps the mean current of the ' +
    "last layer, so one run gives the accuracy at every step. Operations are counted with each neuron's exact fan-out; " +
    'energy is an estimate of the arithmetic alone, by named estimators; memory traffic is counted separately.',
  positionals: [{ name: 'SNN', help: 'a file that convert wrote' }],
  options: {
    ...TEST_SET_OPTIONS,
    shard: SHARD_OPTION,
    ...SIMULATION_OPTIONS,
    ...VARIANT_OPTIONS,
    energy: choice(
      ['all', ...ESTIMATORS.map(({ name }) => name)],
      TABLE_ESTIMATOR,
      'the estimator that the table quotes, printed with its source and boundary; all: every one at the last T, memory traffic, and what other ANNs than the dense 32-bit one would need (the share of zeros on the first 100 images, not in a part of them)',
    ),
    profile: flag(
      'print where the time of the run went, by layer and kernel; the result and its page have all of it',
    ),
    spikes: text('FILE', 'the spikes of the first images one by one, as npz: image, t, layer, neuron, sign'),
    'spikes-of': integer(10, 'how many images FILE of --spikes holds', 1),
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
      line: 'strelu simulate runs/lenet.snn.safetensors --engine reference --limit 100',
      says: 'by the readable definition: the same answers in every bit, slowly',
    },
    {
      line: 'strelu simulate runs/lenet.snn.safetensors --engine products --steps 1,2,4,8,16',
      says: 'by matrix products, faster where most neurons spike; sums round in another order',
    },
    {
      line: 'strelu simulate runs/lenet.snn.safetensors --weights int8',
      says: 'weights of 8 bits, and what they cost against float32 at every step',
    },
    {
      line: 'strelu simulate runs/lenet.snn.safetensors --energy all',
      says: 'energy by every estimator, each with its source and boundary; memory traffic separately',
    },
    {
      line: 'strelu simulate runs/lenet.snn.safetensors --steps 16 --stop certain',
      says: 'images end as soon as their answer is certain: the same answers in fewer steps',
    },
    {
      line: 'strelu simulate runs/lenet.snn.safetensors --steps 16 --stop margin --margin 2',
      says: 'images end as soon as a class leads by 2: fewer steps still, perhaps other answers',
    },
    {
      line: 'strelu simulate runs/lenet.snn.safetensors --shard 2/4 --json runs/part2.json',
      says: 'the second of four parts of the test images; a study with shards merges them exactly',
    },
    {
      line: 'strelu simulate runs/lenet.snn.safetensors --limit 100 --steps 8 --spikes runs/spikes.npz --spikes-of 3',
      says: 'also when and where the first three images made neurons spike, for NumPy',
    },
  ],
  async run(call) {
    const [path] = call.positionals;
    const { options, config, files, progress, print } = call;
    const modelPath = options.model === null ? null : await networkPath(options.model);
    if (modelPath !== null) files.reads('--model', modelPath);
    if (options.spikes !== null) files.writes('--spikes', options.spikes, ['spikes']);
    if (call.given.has('spikes-of') && options.spikes === null)
      throw new UsageError('--spikes-of would change nothing: give --spikes FILE');
    const tuning = await openTuning(call, options.tune);
    const { steps, weights } = options;
    const stop = stopRule(options);
    const network = await loadSnn(path!);
    // what does not fit the network that runs is refused before anything is read
    const asRun =
      weights === 'float32' ? network : { ...network, grid: { kind: 'int8', per: 'channel' } as const };
    const request = simulationRequest(asRun, options, call.given, { stop, tune: tuning?.table ?? null });
    const { schedule } = request;
    if (options.profile) requestOf(asRun, { ...request, profile: createProfile() });
    const ann = modelPath === null ? null : await loadModel(modelPath);
    const shard = options.shard === null ? null : parseShard(options.shard);
    if (shard && options.spikes !== null)
      throw new UsageError(
        '--spikes: expected no --shard beside it, found one; record spikes in a run of its own',
      );
    if (shard && options.engine === 'auto') throw new UsageError(`--engine: ${AUTO_IN_PARTS}`);
    const { dataset: all, words } = await openTestSet(call, network);
    const dataset = shard ? shardOf(all, shard) : all;
    if (ann) checkInput(ann.architecture, dataset);
    config.schedule = schedule;
    const runtime = openRuntime(options);
    try {
      const evaluation = ann && (await evaluateNetwork(runtime, ann, dataset));
      const reference = evaluation && { name: 'ANN', predictions: evaluation.predictions };
      const profile = options.profile ? createProfile() : null;
      const found = await countedVariant(network, dataset, {
        ...request,
        ...(profile && { profile }),
        steps,
        weights,
        runtime,
        reference,
        progress,
      });
      const profiled = profile && { seconds: profile.elapsed(), rows: profile.rows() };
      const { report } = found;
      const estimator = options.energy === 'all' ? TABLE_ESTIMATOR : options.energy;
      const { columns, rows } = runTable([{ name: network.neuron.name, ...report }], steps, { estimator });
      print(
        `${network.name}, neuron ${network.neuron.name}, ${schedule}, ${report.simulate.method}; ${words}${shard ? `, part ${options.shard}: ${dataset.count} images` : ''}\n`,
      );
      print(textTable(columns, rows));
      print('\nspikes per neuron, accumulates and energy are per image, up to step T; energy by');
      print(estimatorText([estimator]));
      const last = steps.at(-1)!;
      const wholly = options.energy === 'all';
      const skipping =
        wholly && !shard
          ? againstSkipping(found.network, dataset, { ...request, steps: last, runtime })
          : null;
      if (wholly) {
        print(`\n${energyText(report.energy, report.traffic, last)}`);
        print(`\n${againstText(report.againstAnns, skipping, ratesOf(network.neuron), last)}`);
      }
      if (found.weights) print(`\n${weightsText(found.weights, steps)}`);
      if (found.stop) print(`\n${stopText(found.stop, steps.at(-1)!, dataset.count)}`);
      if (evaluation)
        print(
          `ANN ${percent(evaluation.accuracy)} %; at T = ${steps.at(-1)} the spikes answer differently on ${report.snn.mismatches} of ${dataset.count} images`,
        );
      if (profiled) {
        const times = profileTable(profiled);
        print(`\n${textTable(times.columns, times.rows)}`);
      }
      const spikes = options.spikes;
      if (spikes !== null) {
        const recorded = recordSpikes(network, dataset, options['spikes-of'], {
          ...request,
          steps: steps.at(-1)!,
          weights,
          runtime,
        });
        await writeAtomic(spikes, recorded.bytes);
        print(`\n${recorded.spikes} spikes of ${recorded.images} images saved in ${spikes}`);
      }
      return {
        ...(tuning && { afterwards: tuning.keep }),
        // A stop that is certain never changes an answer: that it did is a law that does not hold.
        exit: found.stop?.rule === 'certain' && found.stop.mismatches > 0 ? 1 : 0,
        result: {
          ...report,
          ...(skipping && { againstAnns: withZeros(report.againstAnns, skipping, last) }),
          ...(found.weights && { weights: found.weights }),
          ...(found.stop && { stop: found.stop }),
          ...(evaluation && { ann: { accuracy: evaluation.accuracy } }),
          ...(profiled && { profile: profiled }),
          images: dataset.count,
          ...(spikes !== null && { files: { spikes } }),
          ...(shard && {
            part: {
              shard: options.shard,
              first: shardRange(shard, all.count).first,
              ...listedCounts(found.counts),
            },
          }),
        },
      };
    } finally {
      runtime.close();
    }
  },
});

function weightsText(weights: WeightsComparison, steps: readonly number[]): string {
  const { columns, rows } = weightsTable(weights, steps);
  return textTable(columns, rows);
}

function stopText(stop: StopComparison, steps: number, images: number): string {
  const rule = stop.heuristic ? `margin ${stop.margin}, a heuristic` : 'certain';
  const broken = !stop.heuristic && stop.mismatches > 0 ? '; NOT holding: these must be none' : '';
  return [
    `early stop (${rule}): ${fixed(stop.meanSteps, 2)} of ${steps} steps on average, ${stop.stoppedEarly} of ${images} images stopped early;`,
    `answers that differ from the full run's: ${stop.mismatches}; accuracy ${percent(stop.accuracy)} %, in full ${percent(stop.referenceAccuracy)} %${broken}`,
  ].join('\n');
}
