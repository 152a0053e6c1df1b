/**
 * @file Whatever becomes of the streams, the files that were asked for are written and the exit status is true: a reader that leaves
 * early only misses the words; a full device is an error with a message.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

const TRAIN = '--model lenet --width 0.5 --limit 128 --test-limit 20 --epochs 1'.split(' ');

/** A trained network and its spiking network, for commands to read. */
async function trained(path: (name: string) => string): Promise<{ ann: string; snn: string }> {
  const [ann, snn] = [path('m.safetensors'), path('m.snn.safetensors')];
  assert.equal((await strelu(['train', ...TRAIN, '--out', ann, '--quiet'])).status, 0);
  assert.equal((await strelu(['convert', ann, '--out', snn, '--quiet'])).status, 0);
  return { ann, snn };
}

test('a reader that leaves at once: every file is written, the status is that of the work', async () => {
  await inFolder(async (path) => {
    const { ann, snn } = await trained(path);
    const report = async (name: string): Promise<unknown> => JSON.parse(await readFile(path(name), 'utf8'));
    const simulate = ['simulate', snn, '--limit', '20', '--steps', '1,2'];
    for (const [i, shell] of ['| true', '2>&1 | true', '2> /dev/null | head -1 > /dev/null'].entries()) {
      const name = `s${i}.json`;
      assert.equal((await strelu([...simulate, '--json', path(name)], { shell })).status, 0, shell);
      assert.ok(await report(name), shell);
    }
    const training = ['train', ...TRAIN, '--out', path('n.safetensors')];
    assert.equal((await strelu(training, { shell: '2>&1 | true' })).status, 0);
    assert.ok(existsSync(path('n.safetensors')));
    // Another network's weights: verify finds the law that does not hold, and says so by its status too.
    const verify = ['verify', path('n.safetensors'), snn, '--limit', '5'];
    const other = ['train', ...TRAIN, '--seed', '2', '--out', path('o.safetensors'), '--quiet'];
    assert.equal((await strelu(other)).status, 0);
    verify[1] = path('o.safetensors');
    const failed = await strelu([...verify, '--json', path('v.json')], { shell: '| true' });
    assert.equal(failed.status, 1);
    assert.ok(await report('v.json'));
    assert.ok(existsSync(ann));
  });
});

test('a device without room: status 1 and a message, the file is there', {
  skip: !existsSync('/dev/full') && 'no /dev/full here',
}, async () => {
  await inFolder(async (path) => {
    const { ann } = await trained(path);
    for (const [shell, told] of [
      ['> /dev/full', /standard output: expected room/],
      ['2> /dev/full', /^/],
    ] as const) {
      const out = path(`full${shell.length}.snn.safetensors`);
      const { status, stderr } = await strelu(['convert', ann, '--out', out], { shell });
      assert.equal(status, 1, shell);
      assert.match(stderr, told);
      assert.ok(existsSync(out));
    }
  });
});

test('--json -: the result alone on standard output, the tables on standard error', async () => {
  await inFolder(async (path) => {
    const { snn } = await trained(path);
    const words = ['simulate', snn, '--limit', '10', '--steps', '1,2', '--quiet', '--json', '-'];
    const { stdout, stderr } = await strelu(words, { cwd: path('') });
    assert.equal((JSON.parse(stdout) as { command: string }).command, 'simulate');
    assert.match(stderr, /spikes per neuron/);
    assert.ok(!existsSync(path('-')));
  });
});

test('-h and -v are --help and --version', async () => {
  for (const [short, long] of [
    [['-h'], ['--help']],
    [['-v'], ['--version']],
    [
      ['train', '-h'],
      ['train', '--help'],
    ],
  ] as const)
    assert.deepEqual(await strelu(short), await strelu(long));
});

for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  test(`${signal} ends a training with status ${status} and a word`, async () => {
    await inFolder(async (path) => {
      const words = ['train', ...TRAIN.slice(0, -1), '50', '--out', path('long.safetensors')];
      const ended = await strelu(words, { interruptAt: 'epoch 1/50', signal });
      assert.equal(ended.status, status);
      assert.match(ended.stderr, /strelu: (interrupted|ended by SIG(TERM|HUP)); .*whole and stays/);
    });
  });

test('a name that would command the terminal is shown, not obeyed', async () => {
  const name = '\u001b]0;owned\u0007\u001b[2J.json';
  const { status, stderr } = await strelu(['report', name, '--out', 'no\u202ename/r.html']);
  assert.equal(status, 1);
  assert.ok(stderr.includes('\\u001b]0;owned\\u0007\\u001b[2J.json: cannot be read'), stderr);
  assert.doesNotMatch(stderr.trim(), /\p{Cc}/u);
});
