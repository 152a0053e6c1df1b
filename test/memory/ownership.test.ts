/** @file What a run allocates ends with it: the heap holds exactly as much as before, however the run came to its end. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '../../src/convert/convert.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { calibrate } from '../../src/lab/calibrate.ts';
import { networkInput } from '../../src/lab/simulate/network-input.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { foldModel } from '../../src/nn/fold.ts';
import { disposeModel, type Model } from '../../src/nn/model.ts';
import { exportNetwork, loadWeights, withModel } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime, type Runtime } from '../../src/runtime.ts';
import { Simulator } from '../../src/snn/engines/simd-engine.ts';
import { simulate } from '../../src/snn/simulate.ts';
import type { Checkpoint } from '../../src/train/checkpoint.ts';
import { evaluate } from '../../src/train/evaluate.ts';
import type { TrainOptions } from '../../src/train/options.ts';
import { testAccuracy } from '../../src/train/test-accuracy.ts';
import { type TrainData, train } from '../../src/train/train.ts';
import { bars, referenceRuntime, SMALL_OPTIONS, smallNetwork } from '../train/small.ts';

const SETS = { train: bars(24, 1), test: bars(9, 2) };
/** All that a run can own: moments, averaged weights, final thetas, a teacher. Three steps in each of two epochs. */
const EVERYTHING: TrainOptions = {
  ...SMALL_OPTIONS,
  thetaRate: 0,
  thetaFrom: 2,
  anneal: 1,
  ema: 0.9,
  teacherWeight: 0.5,
  spikePenalty: 0.1,
};

/** A way for a run to end; it must leave the heap as it was. */
type Ending = (runtime: Runtime, model: Model, data: TrainData, options: TrainOptions) => void;

const last = (...run: Parameters<typeof train>): Checkpoint => {
  let checkpoint: Checkpoint | undefined;
  for (const event of train(...run)) checkpoint = event.checkpoint();
  return checkpoint!;
};

const ENDINGS: Readonly<Record<string, Ending>> = {
  'by its last step': (...run) => {
    last(...run);
  },
  resumed: (runtime, model, data, options) => {
    last(runtime, model, data, options, last(runtime, model, data, options));
  },
  'stopped half way': (...run) => {
    for (const event of train(...run)) if (event.step === 2) break;
  },
  'returned before its first step': (...run) => {
    const events = train(...run);
    events.return();
    events.next();
  },
  'by an error of whoever listens': (...run) => {
    assert.throws(() => {
      for (const event of train(...run)) if (event.step === 3) throw new Error('enough');
    }, /enough/);
  },
  'by a loss that is no number': (runtime, model, data, options) => {
    model.tensors.get('linear1.weight')!.data[5] = Number.NaN;
    assert.throws(() => last(runtime, model, data, options), /the loss is NaN at step 1/);
  },
  'by options that contradict each other': (runtime, model, data, options) => {
    assert.throws(() => last(runtime, model, data, { ...options, thetaRate: 0.1 }), /set thetaRate to 0/);
  },
  'by a checkpoint of another run': (runtime, model, data, options) => {
    const other = last(runtime, model, data, { ...options, ema: 0 });
    assert.throws(() => last(runtime, model, data, options, other), /average.conv1.weight .* found none/);
  },
  'by too few images': (runtime, model, data, options) => {
    assert.throws(
      () => last(runtime, model, data, { ...options, batchSize: 25 }),
      /batchSize of at most the 24 images/,
    );
  },
};

/** One training of a new model, and all of its memory given back. */
function trainOnce(runtime: Runtime, teacher: Model, end: Ending, options: TrainOptions): void {
  const model = createModel(runtime.heap, smallNetwork(2), Random.seeded(1));
  end(runtime, model, { ...SETS, teacher }, options);
  disposeModel(runtime.heap, model);
}

for (const [kernels, create] of [
  ['reference', referenceRuntime],
  ['simd', createRuntime],
] as const) {
  test(`100 trainings leave the heap as it was, whatever ends them: ${kernels} kernels`, () => {
    const runtime = create();
    const teacher = createModel(runtime.heap, smallNetwork(), Random.seeded(9));
    const endings = Object.entries(ENDINGS);
    // The runtime's own: packed programs, and the scratch memory that its kernels share.
    if (kernels === 'simd') trainOnce(runtime, teacher, ENDINGS.resumed!, EVERYTHING);
    const { used } = runtime.heap;
    for (let run = 0; run < 100; run++) {
      const [name, end] = endings[run % endings.length]!;
      const optimizer = (['sgd', 'adam', 'muon'] as const)[run % 3]!;
      // Augmented batches come from a thread of their own.
      const augment = run % 5 === 0 ? { flip: true } : {};
      trainOnce(runtime, teacher, end, { ...EVERYTHING, optimizer, augment });
      assert.equal(runtime.heap.used, used, `run ${run}, ended ${name}`);
    }
    disposeModel(runtime.heap, teacher);
    runtime.close();
  });
}

/** Runs with room for 0, 1, 2, ... more blocks on the heap until it succeeds; returns how often it failed. */
function withoutRoom({ heap }: Runtime, run: () => void): number {
  const { used } = heap;
  const allocate = heap.allocate.bind(heap);
  let refused = 0;
  for (let room = 0; room === refused; room++) {
    let left = room;
    heap.allocate = (bytes) => {
      if (left-- === 0) throw new Error('heap: full');
      return allocate(bytes);
    };
    try {
      run();
    } catch (error) {
      assert.match(String(error), /heap: full/);
      refused++;
    }
    assert.equal(heap.used, used, `room for ${room} blocks`);
  }
  heap.allocate = allocate;
  return refused;
}

test('a heap that is full at any point of a training or a simulation has lost nothing afterwards', () => {
  const runtime = referenceRuntime();
  const { heap } = runtime;
  const teacher = createModel(heap, smallNetwork(), Random.seeded(9));
  const refused = withoutRoom(runtime, () => {
    const model = createModel(heap, smallNetwork(2), Random.seeded(1));
    try {
      last(runtime, model, { ...SETS, teacher }, { ...EVERYTHING, epochs: 1 });
    } finally {
      disposeModel(heap, model);
    }
  });
  assert.ok(refused > 40, `${refused} blocks`);

  const { snn } = convert(exportNetwork(teacher), { method: 'strelu', neuron: 'half' });
  const images = networkInput(bars(60, 3), 0, 60);
  const options = { steps: 200, schedule: 'settling', runtime } as const;
  assert.ok(withoutRoom(runtime, () => void simulate(snn, images, options)) > 1);
});

test('1,000 calibrations, conversions and simulations leave the heap as it was', async () => {
  const runtime = createRuntime();
  const { heap } = runtime;
  const dataset: Dataset = SETS.test;
  const network = withNetwork(runtime);
  const once = async (run: number): Promise<void> => {
    const neuron = (['half', 'full', 'tracer'] as const)[run % 3]!;
    const calibration = await calibrate(runtime, network, dataset, 3, 2);
    assert.equal(calibration.activations.size, 2);
    const { snn } = convert(network, { method: 'strelu', neuron });
    const schedule = neuron === 'tracer' ? 'settling' : 'layered';
    const images = networkInput(dataset, 0, 3, snn);
    simulate(snn, images, { steps: 2, schedule, runtime });
    if (run % 10 === 0) {
      withModel(heap, network, (model) => testAccuracy(runtime, model, dataset));
      const simulator = new Simulator(snn, { steps: 2, schedule, runtime }, 3);
      simulator.simulate(images);
      simulator.close();
      simulator.close();
    }
  };
  for (let run = 0; run < 30; run++) await once(run); // the runtime's own, as above
  const { used } = heap;
  for (let run = 0; run < 1000; run++) {
    await once(run);
    assert.equal(heap.used, used, `run ${run}`);
  }
  runtime.close();
});

function withNetwork(runtime: Runtime): ReturnType<typeof exportNetwork> {
  const model = createModel(runtime.heap, smallNetwork(), Random.seeded(1));
  const network = exportNetwork(model);
  disposeModel(runtime.heap, model);
  return network;
}

test('weights that do not fit, and a listener that throws, leave nothing behind', () => {
  const runtime = referenceRuntime();
  const { heap } = runtime;
  const network = withNetwork(runtime);
  assert.equal(heap.used, 0);
  const short = new Map(network.weights).set('linear1.bias', new Float32Array(2));
  assert.throws(
    () => loadWeights(heap, { ...network, weights: short }),
    /^InputError: linear1.bias: expected 3 numbers in network small, found 2/,
  );
  assert.equal(heap.used, 0);
  const fail = (): never => {
    throw new Error('enough');
  };
  assert.throws(
    () => withModel(heap, network, (model) => evaluate(runtime, model, SETS.test, { onOutput: fail })),
    /enough/,
  );
  assert.equal(heap.used, 0);
  withModel(heap, network, (model) => disposeModel(heap, foldModel(heap, model)));
  assert.equal(heap.used, 0);
});
