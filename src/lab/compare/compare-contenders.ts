/**
 * @file A whole comparison: every contender from the cache or measured, one after the other, each converted at most once.
 */
import { checkInput } from '../../data/check-input.ts';
import { asLearned } from '../../data/learned.ts';
import { labelled } from '../../progress.ts';
import { assembleComparison } from '../../report/assemble-comparison.ts';
import type { AnatomisedContender, Comparison } from '../../report/comparison.ts';
import { fixed } from '../../report/format.ts';
import type { Raster } from '../../report/raster.ts';
import { stepsNeeded, TOLERANCE } from '../../report/steps-needed.ts';
import { evaluateNetwork } from '../evaluate-network.ts';
import { imageRaster } from '../image-raster.ts';
import { once } from '../once.ts';
import { SKIPPING_IMAGES } from '../simulate/zero-skipping.ts';
import type { NetworkFile } from '../training/network-file.ts';
import { ANATOMY_STEPS, measureAnatomy } from './anatomy.ts';
import { type Config, cached } from './cache.ts';
import { checkAlike } from './check-alike.ts';
import type { Contender } from './contenders.ts';
import { convertContender } from './convert-contender.ts';
import { measureConfig, measureContender } from './measure-contender.ts';
import type { Networks } from './networks.ts';
import type { Setting } from './setting.ts';
import { measureZeros } from './zero-skipping.ts';

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
  for (const { network } of networks.values()) checkInput(network.architecture, setting.test);
  checkAlike(networks.values());
  const { contenders, baseline, steps } = plan;
  const { runtime, test } = setting;
  const accuracies = new Map<string, number>();
  const accuracyOf = async ({ path, network }: NetworkFile): Promise<number> => {
    const known =
      accuracies.get(path) ?? (await evaluateNetwork(runtime, network, asLearned(test, network))).accuracy;
    accuracies.set(path, known);
    return known;
  };
  const measured: AnatomisedContender[] = [];
  let raster: Raster | null = null;
  let hits = 0;
  for (const contender of contenders) {
    const file = networks.get(contender.training)!;
    const found = await compareOne(setting, plan, contender, file, () => accuracyOf(file));
    measured.push(found.measured);
    raster ??= found.raster;
    if (found.hit) hits++;
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

interface One {
  readonly measured: AnatomisedContender;
  /** Of the baseline only. */
  readonly raster: Raster | null;
  /** The cache had it. */
  readonly hit: boolean;
}

/**
 * @param file the trained network
 * @param accuracyOf its accuracy, computed when it is needed
 */
async function compareOne(
  setting: Setting,
  plan: Plan,
  contender: Contender,
  { network, digest }: NetworkFile,
  accuracyOf: () => Promise<number>,
): Promise<One> {
  const { cache, test, kernels, runtime, seed } = setting;
  const { contenders, baseline, steps } = plan;
  const { id, title, schedule } = contender;
  const place = `${contenders.indexOf(contender) + 1}/${contenders.length}`;
  const progress = labelled(setting.progress, `${place} ${title}`);
  const converted = once(() => convertContender(setting, contender, network));
  const { value, hit } = await cached(
    cache,
    id,
    measureConfig(setting, contender, digest, steps),
    async () => {
      const { snn } = await converted();
      return measureContender(setting, {
        contender,
        snn,
        network,
        annAccuracy: await accuracyOf(),
        steps,
        progress,
      });
    },
    progress.note,
  );
  progress.note(summary(value, steps) + (hit ? ' (cached)' : ''));
  const images = Math.min(plan.anatomy, test.count);
  const anatomy =
    images > 0 &&
    (await cached(
      cache,
      `${id}-anatomy`,
      anatomyConfig(setting, contender, digest, images),
      async () =>
        measureAnatomy(setting, { contender, converted: await converted(), network, images, progress }),
      progress.note,
    ));
  const needed = stepsNeeded(value.accuracy, steps, value.annAccuracy, Number(TOLERANCE));
  const zeros =
    needed !== null &&
    (await cached(
      cache,
      `${id}-zeros`,
      { ...measureConfig(setting, contender, digest, [needed]), kind: 'zeros', images: SKIPPING_IMAGES },
      async () => measureZeros(setting, contender, (await converted()).snn, network, needed),
      progress.note,
    ));
  const options = { ...RASTER, schedule, kernels, runtime, seed };
  return {
    measured: { ...value, ...(zeros && { zeros: zeros.value }), ...(anatomy && { anatomy: anatomy.value }) },
    raster:
      id === baseline ? imageRaster((await converted()).snn, asLearned(test, network), 0, options) : null,
    hit,
  };
}

/** Everything that decides where the error of a contender comes from. */
export const anatomyConfig = (
  setting: Setting,
  contender: Contender,
  networkDigest: string,
  images: number,
): Config => ({
  ...measureConfig(setting, contender, networkDigest, [ANATOMY_STEPS]),
  kind: 'anatomy',
  images,
});

function summary({ annAccuracy, accuracy }: AnatomisedContender, steps: readonly number[]): string {
  const shown = [steps[0]!, steps[Math.floor(steps.length / 2)]!, steps.at(-1)!];
  const points = [...new Set(shown)].map((t) => `T=${t} ${fixed(accuracy[t]!, 2)}`);
  return `ANN ${fixed(annAccuracy, 2)} %, ${points.join(', ')}`;
}
