import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { stepSeconds } from '../../src/lab/training/step-seconds.ts';
import type { ResultKeys } from '../../src/report/result.ts';
import type { LayerLoss } from '../../src/report/verification-report.ts';
import { inFolder } from '../support/in-folder.ts';
import { type Finished, strelu } from './spawn.ts';

const TINY = ['--model', 'lenet', '--width', '0.5', '--limit', '256', '--test-limit', '50', '--quiet'];

async function succeeds(words: readonly string[]): Promise<Finished> {
  const finished = await strelu(words);
  assert.equal(finished.status, 0, finished.stderr);
  return finished;
}

interface Json {
  readonly [key: string]: Json;
}

async function json(path: string): Promise<Json> {
  return JSON.parse(await readFile(path, 'utf8')) as Json;
}

/** The keys that every result has. */
function assertResult(result: Json, command: string): void {
  assert.equal(result.command, command);
  assert.match(String(result.version), /^\d+\.\d+\.\d+$/);
  for (const name of ['seed', 'workers', 'kernels', 'quiet', 'json', 'data'])
    assert.ok(Object.hasOwn(result.config!, name), name);
  assert.ok(Number(result.machine!.cores) >= 1);
  assert.ok(Number(result.seconds) > 0);
}

/** One small network, trained and converted once; every test below works on its files. */
const folder = mkdtempSync(join(tmpdir(), 'strelu-pipeline-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);
const [model, snn] = [path('m.safetensors'), path('m.snn.safetensors')];

test('train: a model file, the accuracy, the learning curve', async () => {
  const trained = await strelu([
    ...['train', '--epochs', '1', '--out', model, '--json', path('t.json')],
    ...TINY.slice(0, -1),
  ]);
  assert.equal(trained.status, 0, trained.stderr);
  assert.match(trained.stdout, /ANN \d+\.\d\d % on 50 test images/);
  assert.match(trained.stderr, /epoch 1\/1: loss/);
  const t = await json(path('t.json'));
  assertResult(t, 'train');
  assert.equal(t.config!.epochs, 1);
  assert.equal(t.config!.limit, 256);
  assert.ok(Number(t.train!.imagesPerSecond) > 0);
  assert.equal(Number(t.train!.curve!.length), 1);
  const accuracy = Number(t.ann!.accuracy);
  assert.ok(accuracy >= 0 && accuracy <= 100);
});

test('convert: the report of each layer, and the spiking network beside the model', async () => {
  const converted = await succeeds(['convert', model, '--json', path('c.json'), '--quiet']);
  assert.match(converted.stdout, /act1 +28x28x3/);
  assert.equal(converted.stderr, '');
  const c = await json(path('c.json'));
  assertResult(c, 'convert');
  assert.equal(c.config!.neuron, 'half');
  assert.equal(c.config!.model, model);
});

test('simulate: accuracy, spikes, operations, energy and traffic by step, by every engine alike', async () => {
  const words = ['simulate', snn, '--model', model, '--limit', '50', '--steps', '1,4', '--quiet'];
  const [events, reference] = await Promise.all([
    succeeds([...words, '--json', path('e.json')]),
    succeeds([...words, '--json', path('d.json'), '--engine', 'reference', '--energy', 'all']),
  ]);
  assert.match(events.stdout, /^4 +\d/m);
  assert.match(reference.stdout, /, streaming, reference, float32, plain loops;/);
  const e = await json(path('e.json'));
  assertResult(e, 'simulate');
  assert.equal(e.config!.dataset, 'strokes');
  assert.equal(Number(e.ann!.accuracy), Number((await json(path('t.json'))).ann!.accuracy));
  assert.equal(e.snn!.reference, 'ANN');
  assert.equal(e.snn!.mismatches, e.snn!.mismatchesByStep!['4']);
  for (const keys of [e.snn!.accuracy, e.snn!.mismatchesByStep, e.spikes!.perNeuron, e.operations!.snnAc])
    assert.deepEqual(Object.keys(keys!), ['1', '2', '3', '4']);
  assert.equal(Number(e.spikes!.density!.act1!.length), 4);
  assert.ok(Number(e.operations!.annMac) > Number(e.operations!.snnMac));
  assert.ok(Number(e.energy!['horowitz-fp32']!.annJoule) > 0);
  for (const key of ['snnJoule', 'membraneJoule', 'constantJoule'])
    assert.ok(Object.hasOwn(e.energy!['horowitz-fp32']![key]!, '4'), key);
  assert.equal(e.energy!.loihi!.membraneJoule, null);
  assert.deepEqual(Object.keys(e.traffic!), ['widths', 'ann', 'snn', 'energy']);
  assert.equal(Number(e.traffic!.snn!.potentials!['4']), 4 * Number(e.traffic!.snn!.potentials!['1']));
  assert.ok(Number(e.traffic!.energy!.dram!.annJoule) > Number(e.traffic!.energy!['cache-8-kb']!.annJoule));
  assert.match(events.stdout, /energy by\nhorowitz-fp32: Horowitz, ISSCC 2014.* Boundary: arithmetic of/);
  for (const shown of ['rolls', 'loihi', 'truenorth', 'cache-32-kb'])
    assert.match(reference.stdout, new RegExp(`^${shown} .* [mun]J.*$`, 'm'));
  assert.match(reference.stdout, /^truenorth: TrueNorth, 26 pJ/m);
  assert.match(reference.stdout, /^zeros skipped, 32 bits, first 50 images +\d/m);
  assert.match(reference.stdout, /^dense, 4-bit activations, 8-bit weights +\d/m);
  assert.ok(Number(e.overload!.act1) >= 0);
  assert.ok(Number(e.simulate!.imagesPerSecond) > 0);
  const d = await json(path('d.json'));
  assert.deepEqual(Object.keys(e.againstAnns!), ['dense', 'int8', 'bits']);
  assert.deepEqual(Object.keys(d.againstAnns!), ['dense', 'int8', 'bits', 'zeros']);
  assert.deepEqual(Object.keys(d.againstAnns!.zeros!.arithmetic!), ['4']);
  const [zeros, dense] = [d.againstAnns!.zeros!.bytes!['4'], d.againstAnns!.dense!.bytes!['4']];
  assert.ok(Number(zeros) >= Number(dense));
  assert.ok(Math.abs(Number(d.snn!.accuracy!['4']) - Number(e.snn!.accuracy!['4'])) <= 4);
});

test('simulate: auto chooses by the first images, so that a part of them is refused', async () => {
  const words = ['simulate', snn, '--limit', '50', '--quiet', '--json', path('part.json'), '--engine'];
  const { status, stderr } = await strelu([...words, 'auto', '--shard', '1/2']);
  assert.match(stderr, /^strelu: --engine: expected events, products or reference for a part of the images/);
  assert.equal(status, 2);
  await assert.rejects(readFile(path('part.json')), { code: 'ENOENT' });
  await succeeds([...words, 'events', '--shard', '1/2']);
});

test('verify: the laws, the stages, the losses layer by layer', async () => {
  const verified = await succeeds([
    'verify',
    model,
    snn,
    '--limit',
    '20',
    '--json',
    path('v.json'),
    '--quiet',
  ]);
  assert.match(verified.stdout, /^L1 .* yes /m);
  assert.match(verified.stdout, /every law holds/);
  assert.match(verified.stdout, /^error anatomy: rate - activation, in theta/m);
  const v = await json(path('v.json'));
  assertResult(v, 'verify');
  const laws = v.laws as unknown as {
    id: string;
    cases: number;
    holds: boolean;
    worst: number;
    bound: number;
  }[];
  assert.deepEqual(
    laws.map((law) => law.id),
    ['L1', 'L7', 'L9', 'L15', 'L18'],
  );
  // a float32 potential may pass its bound by what rounding adds
  for (const law of laws) assert.ok(law.holds && law.cases > 0 && law.worst <= law.bound * 1.001, law.id);
  assert.equal(Number(v.stages!.length), 4);
  const layers = v.layers as unknown as LayerLoss[];
  for (const { name, error, bias, histogram, anatomy } of layers) {
    assert.equal(name, anatomy.name);
    assert.deepEqual(
      [error, bias, histogram],
      [anatomy.whole.rms, anatomy.whole.mean, anatomy.whole.histogram],
    );
    assert.equal(anatomy.parts.clipping.touched, 0);
    assert.ok(anatomy.residual && anatomy.images === 20 && anatomy.steps === 8);
    for (const { survives } of anatomy.cancellation) assert.ok(survives > 0 && survives < 1);
  }
  assert.equal(layers[0]!.anatomy.parts.propagated.touched, 0);
  assert.ok(layers.at(-1)!.anatomy.parts.propagated.touched > 0);
  assert.equal(v.snn!.reference, 'quantised ANN');
  assert.ok(Number(v.quantised!.accuracy) >= 0);
});

test('the exact mode: no image is answered differently from the quantised network', async () => {
  await succeeds([
    'convert',
    model,
    '--neuron',
    'tracer',
    '--out',
    path('tracer.snn.safetensors'),
    '--quiet',
  ]);
  const exact = ['verify', model, path('tracer.snn.safetensors'), '--limit', '20', '--steps', '4', '--quiet'];
  await succeeds([...exact, '--json', path('x.json')]);
  const x = await json(path('x.json'));
  assert.equal(x.config!.schedule, 'settling');
  assert.equal(x.snn!.mismatches, 0);
  assert.equal((x.laws as unknown as { id: string }[])[0]!.id, 'L16');
});

test('the spikes of one network against the weights of another: a law says so', async () => {
  await succeeds(['train', '--epochs', '1', '--seed', '2', '--out', path('other.safetensors'), ...TINY]);
  const wrong = await strelu(['verify', path('other.safetensors'), snn, '--limit', '20', '--quiet']);
  assert.equal(wrong.status, 1);
  assert.match(wrong.stdout, /NOT holding: L18/);
});

test('a run that stopped resumes to the same bits, on any number of workers; its options cannot be changed on the way', async () => {
  await inFolder(async (path) => {
    const whole = ['train', '--epochs', '4', '--seed', '5', ...TINY];
    const out = ['--out', path('half.safetensors')];
    const [, stopped] = await Promise.all([
      succeeds([...whole, '--workers', '1', '--out', path('whole.safetensors')]),
      strelu([...whole.slice(0, -1), ...out], { interruptAt: 'epoch 1/4' }),
    ]);
    assert.equal(stopped.status, 130);
    assert.match(stopped.stderr, /strelu: interrupted; a checkpoint of step \d+ of 16 is saved; every file/);
    assert.deepEqual(
      (await readdir(path('.'))).filter((name) => name.startsWith('half')),
      ['half.checkpoint.safetensors'],
    );

    const refused = await strelu([...whole, ...out]);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /an unfinished run lies here \(step \d+ of 16\); add --resume/);
    const changed = await strelu(['train', '--resume', '--lr', '0.1', '--quiet', ...out]);
    assert.equal(changed.status, 2);
    assert.match(changed.stderr, /--lr 0\.1 differs from the run to resume \(0\.05\)/);
    const result = path('half.json');
    const resumed = ['train', '--resume', '--workers', '3', '--quiet', '--json', result, ...out];
    const { stdout } = await succeeds(resumed);
    assert.match(stdout, /^the steps of all sittings took \S/m);
    const { train } = JSON.parse(await readFile(result, 'utf8')) as { train: Required<ResultKeys>['train'] };
    assert.equal(train.curve.length, 4);
    assert.equal(train.seconds, stepSeconds(train.curve, 256));
    assert.deepEqual(await readFile(path('half.safetensors')), await readFile(path('whole.safetensors')));
  });
});

test('bad files are one line and exit 1, and nothing is written', async () => {
  await inFolder(async (path) => {
    await writeFile(path('broken.safetensors'), new Uint8Array([1, 2, 3]));
    await writeFile(path('file'), '');
    const cases: readonly (readonly [string[], RegExp])[] = [
      [['convert', path('none.safetensors')], /none\.safetensors: cannot be read \(no such file\)/],
      [['convert', path('broken.safetensors')], /broken\.safetensors: /],
      [['simulate', path('broken.safetensors'), '--json', path('r.json')], /broken\.safetensors: /],
      [
        ['train', '--dataset', 'mnist', '--data', path('nowhere')],
        /mnist: not found in .*nowhere.*datasets --only mnist/,
      ],
      [
        ['train', '--resume', '--out', path('m.safetensors')],
        /m\.checkpoint\.safetensors: no checkpoint to resume from/,
      ],
      [
        ['train', '--out', path('file/m.safetensors')],
        /cannot be written: expected .*file to be a folder, found a file/,
      ],
    ];
    await Promise.all(
      cases.map(async ([words, message]) => {
        const { status, stdout, stderr } = await strelu(words, { cwd: path('.') });
        assert.match(stderr, message);
        assert.equal(stderr.trim().split('\n').length, 1, stderr);
        assert.equal(stdout, '');
        assert.equal(status, 1);
      }),
    );
    assert.deepEqual((await readdir(path('.'))).sort(), ['broken.safetensors', 'file']);
  });
});

test('the demonstration writes networks and a page, and says what was proven', async () => {
  await inFolder(async (path) => {
    const words = ['demo', '--epochs', '1', '--limit', '256', '--test-limit', '40', '--out', path('demo')];
    const { stdout } = await succeeds([...words, '--json', path('d.json'), '--quiet']);
    assert.match(stdout, /^ +16 +half +\d/m);
    assert.match(stdout, /^Proven, and checked on this run/m);
    assert.match(stdout, /^Measured only, on these synthetic digits and this seed/m);
    assert.match(stdout, /^Exact .* 0 of 40 answers differ from the ANN's$/m);
    const page = await readFile(path('demo/report.html'), 'utf8');
    assert.equal(page.match(/<figure /g)?.length, 6);
    assert.ok(!page.includes('NaN') && !page.includes('undefined'));
    const d = await json(path('d.json'));
    assertResult(d, 'demo');
    assert.deepEqual(Object.keys(d.neurons!), ['full', 'half']);
    const files = [
      'full.snn.safetensors',
      'half.snn.safetensors',
      'model.safetensors',
      'report.html',
      'tracer.snn.safetensors',
    ];
    assert.deepEqual((await readdir(path('demo'))).sort(), files);
  });
});
