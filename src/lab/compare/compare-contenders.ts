/**
 * @file A whole comparison: every contender from the cache or measured, one after the other, each converted at most once.
 */
import { InputError } from '../../errors.ts';
import { labelled } from '../../progress.ts';
import { assembleComparison } from '../../report/assemble-comparison.ts';
import type { AnatomisedContender, Comparison } from '../../report/comparison.ts';
import type { Raster } from '../../report/raster.ts';
import { evaluateNetwork } from '../evaluate-network.ts';
import { imageRaster } from '../image-raster.ts';
import { once } from '../once.ts';
import { checkInput } from '../simulate/network-input.ts';
import type { NetworkFile } from '../training/network-file.ts';
import { ANATOMY_STEPS, measureAnatomy } from './anatomy.ts';
import { cached } from './cache.ts';
import type { Contender } from './contenders.ts';
import { convertContender } from './convert-contender.ts';
import { measureConfig, measureContender } from './measure-contender.ts';
import type { Networks } from './networks.ts';
import type { Setting } from './setting.ts';

/** With every neuron firing at every step some 2,000 spikes a layer. */
const RASTER = { steps: 16, most: 128 } as const;

export interface Plan {
  readonly contenders: readonly Contender[];
  /** Id of the contender that ratios are against. */
  readonly baseline: string;
  /** The T that are measured, in rising order. */
  readonly steps: readonly number[];
  /** Images whose error is taken apart; 0: none. */
  readonly anatomy: number;
}

export interface Compared {
  readonly comparison: Comparison;
  /** Contenders that the cache had. */
  readonly hits: number;
}

/**
 * @param networks a network for the training of every contender, by its id
 * @throws InputError when the networks are not of one architecture, or made for other images
 */
export async function compareContenders(setting: Setting, plan: Plan, networks: Networks): Promise<Compared> {
  checkAlike(setting, networks);
  const { contenders, baseline, steps } = plan;
  const { runtime, test, cache } = setting;
  const accuracies = new Map<string, number>();
  const accuracyOf = ({ path, network }: NetworkFile): number => {
    const known = accuracies.get(path) ?? evaluateNetwork(runtime, network, test).accuracy;
    accuracies.set(path, known);
    return known;
  };
  const measured: AnatomisedContender[] = [];
  let raster: Raster | undefined;
  let hits = 0;
  for (const [i, contender] of contenders.entries()) {
    const { id, title, training } = contender;
    const progress = labelled(setting.progress, `${i + 1}/${contenders.length} ${title}`);
    const file = networks.get(training)!;
    const converted = once(() => convertContender(setting, contender, file.network));
    const { value, hit } = await cached(
      cache,
      id,
      measureConfig(setting, contender, file, steps),
      async () => {
        const { snn } = await converted();
        return measureContender(setting, contender, snn, file, accuracyOf(file), steps, progress);
      },
      progress.note,
    );
    if (hit) hits++;
    progress.note(summary(value, steps) + (hit ? ' (cached)' : ''));
    if (plan.anatomy > 0) {
      const images = Math.min(plan.anatomy, test.count);
      const config = measureConfig(setting, contender, file, [ANATOMY_STEPS]);
      const { value: anatomy } = await cached(
        cache,
        `${id}-anatomy`,
        { ...config, kind: 'anatomy', images },
        async () => measureAnatomy(setting, contender, await converted(), file.network, images, progress),
        progress.note,
      );
      measured.push({ ...value, anatomy });
    } else measured.push(value);
    if (id === baseline) {
      const { seed, kernels } = setting;
      const { schedule } = contender;
      raster = imageRaster((await converted()).snn, test, 0, { ...RASTER, schedule, kernels, runtime, seed });
    }
  }
  const comparison = assembleComparison(measured, {
    dataset: setting.dataset,
    model: [...networks.values()][0]!.network.architecture.name,
    images: test.count,
    steps,
    baseline,
    ...(raster && { raster }),
  });
  return { comparison, hits };
}

function summary({ annAccuracy, accuracy }: AnatomisedContender, steps: readonly number[]): string {
  const shown = [steps[0]!, steps[Math.floor(steps.length / 2)]!, steps.at(-1)!];
  const points = [...new Set(shown)].map((t) => `T=${t} ${accuracy[t]!.toFixed(2)}`);
  return `ANN ${annAccuracy.toFixed(2)} %, ${points.join(', ')}`;
}

/** One architecture: networks may differ in their activations alone. */
function checkAlike(setting: Setting, networks: Networks): void {
  let first: { readonly path: string; readonly shape: string } | null = null;
  for (const { path, network } of networks.values()) {
    checkInput(network.architecture, setting.test);
    const shape = JSON.stringify(
      network.architecture.layers.map((layer) => (layer.kind === 'activation' ? layer.kind : layer)),
    );
    if (first && first.shape !== shape)
      throw new InputError(
        `${path}: expected the layers of ${first.path} with another activation, found another architecture; compare networks of one architecture`,
      );
    first ??= { path, shape };
  }
}
