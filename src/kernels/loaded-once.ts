/** @file A module that is assembled when a team first needs it, and loaded once for each team. */
import type { Heap } from '../memory/heap.ts';
import type { Program, Team } from '../memory/team.ts';

/** @param bytesOf the module's bytes, for a shared memory or another */
export function loadedOnce(
  bytesOf: (shared: boolean) => Uint8Array<ArrayBuffer>,
): (heap: Heap, team: Team) => Program {
  const programs = new WeakMap<Team, Program>();
  return (heap, team) => {
    const known = programs.get(team);
    if (known) return known;
    const program = team.load(bytesOf(heap.shared));
    programs.set(team, program);
    return program;
  };
}
