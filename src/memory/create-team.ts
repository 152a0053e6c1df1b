import type { Heap } from './heap.ts';
import { LocalTeam } from './local-team.ts';
import type { Team, TeamOptions } from './team.ts';
import { WorkerTeam } from './worker-team.ts';

/**
 * One lane needs no threads; several need shared memory, and without it one lane does all the work.
 * @param lanes threads, the calling one included
 * @example
 * const team = createTeam(new Heap(), 1);
 * team.lanes; // 1
 * team.close();
 */
export function createTeam(heap: Heap, lanes: number, options: TeamOptions = {}): Team {
  return lanes > 1 && heap.shared ? new WorkerTeam(heap, lanes, options) : new LocalTeam(heap, options);
}
