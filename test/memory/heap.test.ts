import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 40 });

test('live blocks never overlap, are aligned, and what is written stays', () => {
  fc.assert(
    fc.property(sizes, fc.array(fc.nat(), { maxLength: 40 }), (wanted, frees) => {
      const heap = new Heap({ initialBytes: 2 ** 17 });
      const live = new Map<number, number>();
      wanted.forEach((size, i) => {
        const pointer = heap.allocate(size);
        assert.equal(pointer % 64, 0);
        heap.u8(pointer, size).fill(i + 1);
        live.set(pointer, i);
        const gone = frees[i];
        if (gone !== undefined && gone % 2 === 0) {
          const victim = [...live.keys()][gone % live.size]!;
          heap.free(victim);
          live.delete(victim);
        }
      });
      for (const [pointer, i] of live)
        assert.ok(heap.u8(pointer, wanted[i]!).every((byte) => byte === i + 1));
    }),
  );
});

test('when everything is freed, in any order, nothing is used and the space is one piece again', () => {
  fc.assert(
    fc.property(sizes, fc.nat(), (wanted, rotation) => {
      const heap = new Heap({ initialBytes: 2 ** 20 });
      const first = heap.allocate(1);
      heap.free(first);
      const blocks = wanted.map((size) => heap.allocate(size));
      const turned = [
        ...blocks.slice(rotation % blocks.length),
        ...blocks.slice(0, rotation % blocks.length),
      ];
      for (const block of turned) heap.free(block);
      assert.equal(heap.used, 0);
      assert.equal(heap.allocate(wanted.reduce((a, b) => a + b)), first);
    }),
  );
});

test('views taken before the heap grew still see the same memory', () => {
  const heap = new Heap({ initialBytes: 2 ** 17 });
  const pointer = heap.allocate(64);
  const before = heap.f32(pointer, 16);
  heap.allocate(4 * 2 ** 20);
  heap.f32(pointer, 16)[3] = 7;
  assert.equal(before[3], 7);
  assert.ok(heap.owns(before));
  assert.ok(!heap.owns(new Float32Array(1)));
});

test('beyond the limit: one line that says how much and what to do; a double free is a bug', () => {
  const heap = new Heap({ initialBytes: 2 ** 17, maximumBytes: 2 ** 20 });
  assert.throws(
    () => heap.allocate(2 ** 21),
    /^InputError: heap: needs 3 MiB, the limit is 1 MiB; use a smaller batch/,
  );
  const pointer = heap.allocate(8);
  heap.free(pointer);
  assert.throws(() => heap.free(pointer), /not an allocated block/);
});

test('an arena hands out disjoint memory and needs nothing more of the heap when steps repeat', () => {
  fc.assert(
    fc.property(sizes, (wanted) => {
      const heap = new Heap();
      const arena = new Arena(heap, 4096);
      const step = (): number[] => wanted.map((size) => arena.allocate(size));
      const first = step();
      const used = heap.used;
      const sorted = first
        .map((start, i) => [start, start + wanted[i]!] as const)
        .sort((a, b) => a[0] - b[0]);
      for (let i = 1; i < sorted.length; i++) assert.ok(sorted[i]![0] >= sorted[i - 1]![1]);
      for (let i = 0; i < 10; i++) {
        arena.reset();
        assert.deepEqual(step(), first);
      }
      assert.equal(heap.used, used);
      arena.close();
      assert.equal(heap.used, 0);
    }),
  );
});

test('releasing a mark gives back what came after it', () => {
  const arena = new Arena(new Heap(), 4096);
  arena.allocate(100);
  const mark = arena.mark();
  const after = arena.allocate(3000);
  arena.release(mark);
  assert.equal(arena.allocate(3000), after);
});

test('views stay known when another shared memory grows: engines then swap buffer objects everywhere', () => {
  const [heap, other] = [new Heap({ initialBytes: 2 ** 17 }), new Heap({ initialBytes: 2 ** 17 })];
  const views = [heap.f32(heap.allocate(64), 16)];
  for (let i = 0; i < 3; i++) {
    other.allocate(2 ** 20);
    views.push(heap.f32(heap.allocate(64), 16));
  }
  for (const view of views) assert.ok(heap.owns(view));
  assert.ok(!other.owns(views[0]!));
});

test('an arena in which nothing is in use and nothing fits takes one larger chunk in place of the others', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 1, max: 1 << 20 }), { minLength: 1 }), { minLength: 1 }),
      (uses) => {
        const heap = new Heap();
        const arena = new Arena(heap, 4096);
        const before = heap.used;
        let most = 0;
        for (const sizes of uses) {
          arena.reset();
          const blocks = sizes.map((bytes) => ({ start: arena.allocate(bytes), bytes }));
          blocks.sort((a, b) => a.start - b.start);
          for (const [i, { start, bytes }] of blocks.entries())
            assert.ok(
              start + bytes <= (blocks[i + 1]?.start ?? Number.POSITIVE_INFINITY),
              'they do not overlap',
            );
          most = Math.max(most, ...sizes);
        }
        arena.reset();
        arena.allocate(2 * most + 4096);
        assert.ok(arena.capacity < 2 * most + 4096 + 1024, `${arena.capacity}`);
        arena.close();
        assert.equal(heap.used, before);
      },
    ),
  );
});
