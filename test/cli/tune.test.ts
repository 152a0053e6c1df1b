/** @file `--tune FILE`: timed once, kept, the same answers; a file of another kind is refused and left as it is. */
import assert from 'node:assert/strict';
import { copyFile, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

const NETWORK = 'pretrained:strokes-lenet-strelu';

test('timed once, found again, the answers of events; verify says its engine', () =>
  inFolder(async (path) => {
    const [snn, table] = [path('digits.snn.safetensors'), path('tuned.json')];
    const run = async (line: string, status = 0): Promise<{ stdout: string; stderr: string }> => {
      const done = await strelu([...line.split(' '), '--quiet', '--workers', '1']);
      assert.equal(done.status, status, done.stderr);
      return done;
    };
    await run(`convert ${NETWORK} --grid 4 --out ${snn}`);
    const simulate = `simulate ${snn} --limit 20 --steps 4 --weights int8`;
    const accuracy = ({ stdout }: { stdout: string }): unknown => JSON.parse(stdout).snn.accuracy;
    const byEvents = await run(`${simulate} --json -`);
    const first = await run(`${simulate} --engine auto --tune ${table} --json -`);
    const timed = await readFile(table, 'utf8');
    assert.match(timed, /^\{\n "format": "strelu-tuning",\n "machines": \{/);
    assert.match(timed, /"events": [\d.e-]+,\n +"products": [\d.e-]+/);
    const second = await run(`${simulate} --engine auto --tune ${table} --json -`);
    assert.equal(await readFile(table, 'utf8'), timed, 'nothing was timed again');
    assert.deepEqual(accuracy(first), accuracy(byEvents));
    assert.deepEqual(accuracy(second), accuracy(byEvents));

    const verified = await run(`verify ${NETWORK} ${snn} --limit 20 --steps 4 --engine auto --tune ${table}`);
    assert.match(verified.stdout, /neuron \w+, \w+, auto \(timed here: .+\), .+, T = 4;/);

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
