/**
 * @file Memory of whole steps. The peak of a process never falls, so each case has a fresh process of its own, ours and PyTorch's.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Context } from './context.ts';
import type { MemoryFigure } from './figures.ts';
import { NETWORKS, TINY_NETWORKS } from './networks.ts';

const SCRIPT = fileURLToPath(
  new URL(`./memory-process.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
);

/** What the process of our own prints. */
export type OwnMemory = Omit<MemoryFigure, 'name' | 'peers'>;

export async function memoryGroup({ peers, quick, wants, log }: Context): Promise<MemoryFigure[]> {
  const figures: MemoryFigure[] = [];
  for (const [index, { title, key, batch, against }] of (quick ? TINY_NETWORKS : NETWORKS).entries()) {
    for (const kind of ['train', 'infer'] as const) {
      const name = `memory ${title} ${kind === 'train' ? 'training' : 'inference'}, batch ${batch}`;
      if (against === 'javascript' || !wants(name)) continue;
      log(name);
      const words = [SCRIPT, quick ? 'tiny' : 'full', String(index), kind];
      const { stdout } = await promisify(execFile)(process.execPath, words);
      const torch = quick ? null : await peers.freshTorch();
      const startRss = (await torch?.memory()) ?? 0;
      await torch?.run(`${kind}:${key}:${batch}`, 0.5);
      const peakRss = (await torch?.memory()) ?? 0;
      torch?.close();
      figures.push({
        name,
        ...(JSON.parse(stdout) as OwnMemory),
        peers: torch ? [{ name: torch.name, startRss, peakRss }] : [],
      });
    }
  }
  return figures;
}
