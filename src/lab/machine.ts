/**
 * @file What a result ran on.
 */
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import type { Machine } from '../report/result.ts';

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
