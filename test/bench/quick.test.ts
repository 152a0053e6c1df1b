/**
 * @file The kernel suite runs from end to end on tiny cases, and its JSON has the shape that readers of it rely on.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { interleave, speedup, typical } from '../../bench/interleave.ts';
import type { Context } from '../../bench/kernels/context.ts';
import { kernelSuite } from '../../bench/kernels/suite.ts';
import { kernelTable } from '../../bench/kernels/table.ts';
import { main } from '../../bench/main.ts';
import { Peer, peerSide } from '../../bench/peer.ts';
import { Peers } from '../../bench/peers/find.ts';
import type { BenchReport } from '../../bench/report.ts';
import { median } from '../../bench/timing.ts';
import { UsageError } from '../../src/errors.ts';

const silent = { say: () => {}, log: () => {} };

test('quick run without peers: every group has its rows, the JSON file is whole', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'strelu-bench-'));
  try {
    const path = join(directory, 'figures.json');
    let table = '';
    await main(['kernels', '--quick', '--json', path], { ...silent, say: (text) => (table += `${text}\n`) });
    assert.deepEqual(readdirSync(directory), ['figures.json']);
    const report = JSON.parse(readFileSync(path, 'utf8')) as BenchReport;
    assert.equal(report.suite, 'kernels');
    assert.ok(report.machine.cores >= 1 && report.machine.runtime.length > 0);
    assert.deepEqual(report.peers, []);
    assert.ok('rows' in report.figures);
    const { rows, memory, ceilingGflops } = report.figures;
    assert.ok(ceilingGflops! > 0);
    assert.deepEqual(
      [...new Set(rows.map((row) => row.group))],
      ['gemm', 'elementwise', 'network', 'convolution'],
    );
    assert.deepEqual(
      rows.filter((row) => row.group === 'network').map((row) => [row.name, row.threads]),
      ['training', 'inference'].flatMap((kind) => [1, 2].map((n) => [`cnn tiny ${kind}, batch 2`, n])),
    );
    for (const row of rows) {
      assert.ok(row.seconds > 0 && row.seconds < 60, row.name);
      assert.deepEqual(row.peers, []);
      assert.ok(table.includes(row.name), row.name);
      assert.equal(row.overOneThread !== undefined, row.threads > 1, row.name);
    }
    assert.equal(memory.length, 2);
    for (const { heapUsed, heapCapacity, peakRss, startRss } of memory)
      assert.ok(0 < heapUsed && heapUsed <= heapCapacity && startRss <= peakRss);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('--only leaves the rest out', async () => {
  const context: Context = {
    peers: new Peers(false),
    pace: { rounds: 1, seconds: 0.001 },
    threads: [1],
    quick: true,
    wants: (name) => /forward/.test(name),
    log: () => {},
  };
  const figures = await kernelSuite(context);
  assert.deepEqual(
    figures.rows.map((row) => row.name),
    ['conv tiny 4x4 4-8 forward'],
  );
  assert.deepEqual(figures.memory, []);
  assert.match(kernelTable(figures), /forward/);
});

test('rounds go through all sides in turn; ratios are medians of the rounds', async () => {
  const order: string[] = [];
  const side = (name: string, seconds: readonly number[]) => {
    let call = 0;
    const measure = (): number => {
      order.push(name);
      return seconds[call++]!;
    };
    return { name, measure };
  };
  // The first call is warm-up. The slow second round hits both sides alike.
  const times = await interleave([side('a', [9, 1, 10, 2]), side('b', [9, 2, 30, 8])], {
    rounds: 3,
    seconds: 1,
  });
  assert.deepEqual(order, ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b']);
  assert.equal(typical(times, 'a'), 2);
  assert.equal(speedup(times, 'a', 'b'), 3);
  assert.equal(median([4, 1, 3, 2]), 2.5);
});

test('a peer that is not there is refused with its reason, not waited for', async () => {
  const start = (command: string, args: string[]) => Peer.start({ name: 'nobody', command, args, env: {} });
  await assert.rejects(start('/nowhere/python3', []), /ENOENT/);
  const script = 'console.log("error it is not installed")';
  const flags = 'Deno' in globalThis ? ['eval', script] : ['-e', script];
  await assert.rejects(start(process.execPath, flags), /^Error: it is not installed$/);
});

test('a peer that fails or dies is left out with a note; the others are measured', async () => {
  const notes: string[] = [];
  const fake = async (name: string, script: string): Promise<Peer> => {
    const flags = 'Deno' in globalThis ? ['eval', script] : ['-e', script];
    return Peer.start({ name, command: process.execPath, args: flags, env: process.env });
  };
  const say = (text: string): string => `console.log("ready 1"); ${text}`;
  const reply = `require("node:readline").createInterface({ input: process.stdin })`;
  const peers = [
    await fake('failing', say(`${reply}.on("line", () => console.log("error no such case"))`)),
    await fake('dying', say('')),
    await fake('good', say(`${reply}.on("line", () => console.log("seconds 0.5"))`)),
  ];
  const sides = peers.map((peer) => peerSide(peer.name, peer, 'case'));
  const times = await interleave(sides, { rounds: 2, seconds: 0.1 }, notes);
  await peers[1]!.forget();
  assert.deepEqual([...times], [['good', [0.5, 0.5]]]);
  assert.equal(notes.length, 2);
  assert.match(notes[0]!, /failing, run case .*no such case/);
  assert.match(notes[1]!, /dying, run case .*/);
  for (const peer of peers) peer.close();
});

test('a side that must not fail ends the run', async () => {
  const measure = (): number => {
    throw new Error('broken kernel');
  };
  await assert.rejects(interleave([{ name: 'own', measure }], { rounds: 1, seconds: 1 }), /broken kernel/);
});

test('wrong usage is refused before anything is measured', async () => {
  for (const words of [
    [],
    ['kernel'],
    ['kernels', 'events'],
    ['kernels', '--bogus'],
    ['kernels', '--only', '('],
  ])
    await assert.rejects(main(words, silent), UsageError, words.join(' '));
  await assert.rejects(
    main(['kernels', '--svg', 'a.svg'], silent),
    /^UsageError: --svg: expected the suite events/,
  );
  for (const option of ['--json', '--svg'])
    await assert.rejects(
      main(['events', option, fileURLToPath(new URL('../bench', import.meta.url))], silent),
      /^InputError: .*cannot be written: expected a file name, found a folder/,
    );
});
