/**
 * @file A team of one thread that claims to have several lanes and runs the tasks of every job in a random order.
 */
import { closeable } from '../../src/memory/closeable.ts';
import type { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import type { Team } from '../../src/memory/team.ts';
import { Random } from '../../src/random/random.ts';

export function shuffledTeam(heap: Heap, lanes: number, seed: number): Team {
  const local = new LocalTeam(heap);
  const random = Random.seeded(seed);
  return {
    lanes,
    helpers: 0,
    deterministic: false,
    get closed() {
      return local.closed;
    },
    load: (bytes) => local.load(bytes),
    run: (program, entry, tasks, args) => {
      const call = program.exports[entry]!;
      const order = random.shuffle(Array.from({ length: tasks }, (_, task) => task));
      for (const task of order) call(task, task % lanes, ...args);
    },
    ...closeable(() => local.close()),
  };
}
