/** @file `--tune FILE`: timed once, kept, the same answers; a file of another kind is refused and left as it is. */
import assert from 'node:assert/strict';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createCommandFiles } from '../../src/cli/command-files.ts';
import { openTuning, type Tuning } from '../../src/cli/options/tuning.ts';
import { saveModel } from '../../src/io/model-file.ts';
import { describeMachine } from '../../src/lab/index.ts';
import { packageVersion } from '../../src/lab/version.ts';
import { Heap } from '../../src/memory/heap.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { SILENT } from '../../src/progress.ts';
import { Random } from '../../src/random/random.ts';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

/** A network with its first weights: how it answers does not matter. */
async function saveUntrained(path: string): Promise<void> {
  const architecture = MODELS.lenet([28, 28, 1], 10, { activation: 'strelu' });
  const model = createModel(new Heap(), architecture, Random.seeded(1));
  await saveModel(path, exportNetwork(model, { dataset: 'strokes', seed: 1 }));
}

test('timed once, found again, the answers of events; verify says its engine', () =>
  inFolder(async (path) => {
    const [ann, snn, table] = [
      path('digits.safetensors'),
      path('digits.snn.safetensors'),
      path('tuned.json'),
    ];
    await saveUntrained(ann);
    const run = async (line: string, status = 0): Promise<{ stdout: string; stderr: string }> => {
      const done = await strelu([...line.split(' '), '--quiet', '--workers', '1']);
      assert.equal(done.status, status, done.stderr);
      return done;
    };
    await run(`convert ${ann} --grid 4 --out ${snn}`);
    await run(`convert ${ann} --out ${path('plain.snn.safetensors')}`);
    const simulate = `simulate ${snn} --limit 20 --steps 4 --weights int8`;
    const accuracy = ({ stdout }: { stdout: string }): unknown => JSON.parse(stdout).snn.accuracy;
    const byEvents = await run(`${simulate} --json -`);
    const first = await run(`${simulate} --engine auto --tune ${table} --json -`);
    const timed = await readFile(table, 'utf8');
    assert.match(timed, /^\{\n "format": "strelu-tuning",\n "unit": "milliseconds of an image",\n/);
    const { processor, cores, runtime } = describeMachine();
    assert.deepEqual(Object.keys(JSON.parse(timed).machines), [
      `${processor}, ${cores} cores, ${runtime}, strelu ${packageVersion()}`,
    ]);
    assert.match(timed, /"events": [\d.e-]+,\n +"products": [\d.e-]+/);
    const second = await run(`${simulate} --engine auto --tune ${table} --json -`);
    assert.equal(await readFile(table, 'utf8'), timed, 'nothing was timed again');
    assert.deepEqual(accuracy(first), accuracy(byEvents));
    assert.deepEqual(accuracy(second), accuracy(byEvents));

    const verified = await run(`verify ${ann} ${snn} --limit 20 --steps 4 --engine auto --tune ${table}`);
    assert.match(verified.stdout, /neuron \w+, \w+, auto \(timed here: .+\), .+, T = 4;/);

    // on no grid int8 alone is timed, beside float32 by fixed prices; what another machine has stays
    const elsewhere = timed.replace(JSON.stringify(processor).slice(1, -1), 'another');
    await writeFile(table, elsewhere);
    const plain = `simulate ${path('plain.snn.safetensors')} --limit 20 --steps 4 --weights int8`;
    const tuned = await run(`${plain} --engine auto --tune ${table} --json -`);
    assert.deepEqual(accuracy(tuned), accuracy(await run(`${plain} --json -`)));
    const kept = JSON.parse(await readFile(table, 'utf8')).machines;
    assert.equal(Object.keys(kept).length, 2);
    assert.deepEqual(Object.values(kept)[0], Object.values(JSON.parse(timed).machines)[0]);

    const other = path('other.safetensors');
    await copyFile(snn, other);
    const before = await readFile(other);
    const refused = await run(`${simulate} --engine auto --tune ${other}`, 1);
    assert.match(
      refused.stderr,
      /other\.safetensors: a spiking network lies here, which --tune would replace/,
    );
    assert.deepEqual(await readFile(other), before);
    const idle = await run(`${simulate} --tune ${path('unused.json')}`, 2);
    assert.match(
      idle.stderr,
      /tune: layers are timed for engine auto, .*: add --engine auto, or leave --tune out/,
    );
    await assert.rejects(readFile(path('unused.json')));
  }));

test('kept only when something was timed; a file that is damaged by then is refused, and stays', () =>
  inFolder(async (path) => {
    const file = path('tuned.json');
    const notes: string[] = [];
    const progress = { ...SILENT, note: (line: string) => void notes.push(line) };
    const opened = async (): Promise<Tuning> =>
      (await openTuning({ files: createCommandFiles(), progress }, file))!;
    await (await opened()).keep();
    await assert.rejects(readFile(file), 'nothing was timed');
    const tuning = await opened();
    tuning.table.set('a layer', { events: 1, products: 2 });
    await tuning.keep();
    assert.deepEqual((await opened()).table, tuning.table);
    const late = await opened();
    late.table.set('another', { events: 1, products: 2 });
    await writeFile(file, 'no JSON');
    await assert.rejects(late.keep(), /tuned\.json: .*not JSON/);
    assert.equal(await readFile(file, 'utf8'), 'no JSON');
    assert.deepEqual(notes, [
      `--tune: nothing timed, all times are in ${file}`,
      `--tune: 1 kind of layer timed, kept in ${file}`,
    ]);
    assert.equal(await openTuning({ files: createCommandFiles(), progress }, null), null);
  }));
