import type { Heap } from './heap.ts';
import { LocalTeam } from './local-team.ts';
import type { Team } from './team.ts';
import { WorkerTeam } from './worker-team.ts';

/** One lane needs no threads; several need shared memory, and without it one lane does all the work. */
export function createTeam(heap: Heap, lanes: number, laneUrl?: string | URL): Team {
  return lanes > 1 && heap.shared ? new WorkerTeam(heap, lanes, undefined, laneUrl) : new LocalTeam(heap);
}
