import type { Program, Team } from '../../memory/team.ts';

/** This many chunks are done before another thread would have woken up. */
const FEW = 4;

/** Runs an entry for every chunk; little work stays on the calling thread. The bits do not depend on it. */
export function runChunks(
  team: Team,
  program: Program,
  entry: string,
  chunks: number,
  args: readonly number[],
): void {
  if (chunks > FEW) {
    team.run(program, entry, chunks, args);
    return;
  }
  const call = program.exports[entry]!;
  for (let task = 0; task < chunks; task++) call(task, 0, ...args);
}
