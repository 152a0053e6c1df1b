/**
 * @file What a result ran on.
 */
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly runtime: string;
}

export function describeMachine(): Machine {
  const versions: Record<string, string | undefined> = process.versions;
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${arch()}`,
    runtime: versions.deno ? `deno ${versions.deno}` : `node ${versions.node}`,
  };
}
