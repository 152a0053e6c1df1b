/**
 * @file Tour, stop 3. Why does a symmetric clip train badly in a deep network?
 *
 * Of standard normal numbers times 3 about a quarter lies within [-1, 1]; all others are clipped and hand on no gradient. Of ten
 * such layers one path in a million has one. THEORY.md, L20, says how to begin elsewhere.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRuntime, Random, Tape } from '../../../src/index.ts';

test('about a quarter of the numbers has a gradient', () => {
  const random = Random.seeded(1);
  const runtime = createRuntime({ workers: 1 });
  const tape = Tape.on(runtime);
  const x = tape.array(
    Array.from({ length: 1000 }, () => 3 * random.normal()),
    true,
  );
  x.clip(-1, 1).sum().backward();
  const alive = [...x.gradient!].filter((slope) => slope === 1).length;
  assert.ok(alive > 200 && alive < 310, String(alive));
  assert.ok((alive / 1000) ** 10 < 1e-5);
  tape.close();
  runtime.close();
});
