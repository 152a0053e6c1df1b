/** @file The README's first program runs as it stands, and prints what its comments say. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import * as strelu from '../src/index.ts';
import { hasRelaxedSimd } from '../src/kernels/assembler/assembler.ts';

const page = new URL(import.meta.url.endsWith('.ts') ? '../README.md' : '../../README.md', import.meta.url);
const AsyncFunction = (async () => {}).constructor as new (
  ...text: string[]
) => (...values: unknown[]) => Promise<void>;

test('the first program of the README', async () => {
  const text = await readFile(page, 'utf8');
  const [, code] = text.match(/```ts\n(import \{[\s\S]*?)```/)!;
  const [, imports, body] = code!.match(/^((?:import \{[^}]*\} from 'strelu';\n)+)([\s\S]*)$/)!;
  const program = [...imports!.matchAll(/\{([^}]*)\}/g)].flatMap(([, names]) =>
    names!.split(',').map((name) => name.trim()),
  );
  for (const name of program) assert.ok(Object.hasOwn(strelu, name), `${name} is exported`);
  const stated = [...body!.matchAll(/console\.log\(.*\); \/\/ (\[[^\]]*\]|[\d.]+)/g)].map(([, value]) =>
    JSON.parse(value!),
  );
  assert.equal(stated.length, 2);
  const printed: unknown[] = [];
  const runnable = body!.replaceAll(')!.', ').');
  const values = program.map((name) => Object.entries(strelu).find(([known]) => known === name)![1]);
  await new AsyncFunction(...program, 'console', runnable)(...values, {
    log: (value: unknown) => printed.push(value),
  });
  assert.equal(printed.length, 2);
  // Without relaxed SIMD (Node 20) the weights differ in their last bits, and an image may change its class.
  const flat = (list: unknown[]): number[] => list.flat() as number[];
  for (const [i, value] of flat(printed).entries())
    assert.ok(
      Math.abs(value - flat(stated)[i]!) <= (hasRelaxedSimd ? 1e-9 : 1),
      `${value} against ${flat(stated)[i]}`,
    );
});
