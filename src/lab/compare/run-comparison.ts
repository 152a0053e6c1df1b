/**
 * @file All methods of a comparison, one after the other: networks first, then each contender from the cache or measured.
 */

import { InputError } from '../../errors.ts';
import { labelled } from '../../progress.ts';
import type { LayerAnatomy } from '../../proof/anatomy/layer-anatomy.ts';
import type { ComparisonRaster, MeasuredMethod, MethodResult } from '../../report/comparison.ts';
import { evaluateNetwork } from '../evaluate-network.ts';
import { checkInput } from '../simulate/simulate-network.ts';
import type { NetworkFile } from '../training/network-file.ts';
import { ANATOMY_STEPS, measureAnatomy } from './anatomy.ts';
import { cached } from './cache.ts';
import type { Contender } from './contenders.ts';
import { measure, measureConfig } from './measure.ts';
import { rasterOf } from './raster.ts';
import type { Setting } from './setting.ts';

export interface Plan {
  readonly methods: readonly Contender[];
  /** Id. */
  readonly reference: string;
  readonly steps: readonly number[];
  /** Images whose error is taken apart; 0: none. */
  readonly anatomy: number;
}

export interface Measurement {
  readonly measured: readonly (MeasuredMethod & Pick<MethodResult, 'anatomy'>)[];
  readonly raster: ComparisonRaster;
  /** Methods that the cache had. */
  readonly hits: number;
}

/** @param networks by id of their training */
export async function measureAll(
  setting: Setting,
  plan: Plan,
  networks: ReadonlyMap<string, NetworkFile>,
): Promise<Measurement> {
  checkAlike(setting, networks);
  const { methods, steps } = plan;
  const measured: Measurement['measured'][number][] = [];
  const accuracies = new Map<string, number>();
  let hits = 0;
  for (const [i, contender] of methods.entries()) {
    const progress = labelled(setting.progress, `${i + 1}/${methods.length} ${contender.title}`);
    const file = networks.get(contender.training)!;
    const config = measureConfig(setting, contender, file, steps);
    const { value, hit } = await cached(
      setting.cache,
      contender.id,
      config,
      async () => {
        const ann =
          accuracies.get(contender.training) ??
          evaluateNetwork(setting.runtime, file.network, setting.test).accuracy;
        accuracies.set(contender.training, ann);
        return measure(setting, contender, file, ann, steps, progress);
      },
      progress.note,
    );
    if (hit) hits++;
    progress.note(summary(value, steps) + (hit ? ' (cached)' : ''));
    measured.push(
      plan.anatomy > 0 ? { ...value, anatomy: await anatomyFor(setting, plan, contender, file) } : value,
    );
  }
  const shown = methods.find(({ id }) => id === plan.reference)!;
  const raster = await rasterOf(setting, shown, networks.get(shown.training)!, 0);
  return { measured, raster, hits };
}

async function anatomyFor(
  setting: Setting,
  { anatomy, methods }: Plan,
  contender: Contender,
  file: NetworkFile,
): Promise<LayerAnatomy[]> {
  const images = Math.min(anatomy, setting.test.count);
  const progress = labelled(
    setting.progress,
    `${methods.indexOf(contender) + 1}/${methods.length} ${contender.title}`,
  );
  const config = { ...measureConfig(setting, contender, file, [ANATOMY_STEPS]), kind: 'anatomy', images };
  const { value } = await cached(
    setting.cache,
    `${contender.id}-anatomy`,
    config,
    () => measureAnatomy(setting, contender, file, images, progress),
    progress.note,
  );
  return value;
}

function summary({ annAccuracy, accuracy }: MeasuredMethod, steps: readonly number[]): string {
  const shown = [steps[0]!, steps[Math.floor(steps.length / 2)]!, steps.at(-1)!];
  const points = [...new Set(shown)].map((t) => `T=${t} ${accuracy[t]!.toFixed(2)}`);
  return `ANN ${annAccuracy.toFixed(2)} %, ${points.join(', ')}`;
}

/** One architecture: networks may differ in their activations alone. */
function checkAlike(setting: Setting, networks: ReadonlyMap<string, NetworkFile>): void {
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
