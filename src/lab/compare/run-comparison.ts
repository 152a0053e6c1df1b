/**
 * @file All methods of a comparison, one after the other: networks first, then each contender from the cache or measured.
 */

import { InputError } from '../../errors.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import { withModel } from '../../nn/trained-network.ts';
import { labelled } from '../../progress.ts';
import type { LayerAnatomy } from '../../proof/anatomy/layer-anatomy.ts';
import type { ComparisonRaster, MeasuredMethod, MethodResult } from '../../report/comparison.ts';
import { evaluate } from '../../train/evaluate.ts';
import { checkInput } from '../simulate/simulate-network.ts';
import { ANATOMY_STEPS, measureAnatomy } from './anatomy.ts';
import { cached } from './cache.ts';
import type { Contender } from './contenders.ts';
import { measure, measureConfig } from './measure.ts';
import type { NetworkFile } from './network-file.ts';
import { rasterOf } from './raster.ts';
import type { Lab } from './setting.ts';

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
  lab: Lab,
  plan: Plan,
  networks: ReadonlyMap<string, NetworkFile>,
): Promise<Measurement> {
  checkAlike(lab, networks);
  const { methods, steps } = plan;
  const measured: Measurement['measured'][number][] = [];
  const accuracies = new Map<string, number>();
  let hits = 0;
  for (const [i, contender] of methods.entries()) {
    const progress = labelled(lab.progress, `${i + 1}/${methods.length} ${contender.title}`);
    const file = networks.get(contender.training)!;
    const config = measureConfig(lab, contender, file, steps);
    const { value, hit } = await cached(
      lab.cache,
      contender.id,
      config,
      async () => {
        const ann = accuracies.get(contender.training) ?? accuracyOf(lab, file.network);
        accuracies.set(contender.training, ann);
        return measure(lab, contender, file, ann, steps, progress);
      },
      progress.note,
    );
    if (hit) hits++;
    progress.note(summary(value, steps) + (hit ? ' (cached)' : ''));
    measured.push(
      plan.anatomy > 0 ? { ...value, anatomy: await anatomyFor(lab, plan, contender, file) } : value,
    );
  }
  const shown = methods.find(({ id }) => id === plan.reference)!;
  const raster = await rasterOf(lab, shown, networks.get(shown.training)!, 0);
  return { measured, raster, hits };
}

async function anatomyFor(
  lab: Lab,
  { anatomy, methods }: Plan,
  contender: Contender,
  file: NetworkFile,
): Promise<LayerAnatomy[]> {
  const images = Math.min(anatomy, lab.test.count);
  const progress = labelled(
    lab.progress,
    `${methods.indexOf(contender) + 1}/${methods.length} ${contender.title}`,
  );
  const config = { ...measureConfig(lab, contender, file, [ANATOMY_STEPS]), kind: 'anatomy', images };
  const { value } = await cached(
    lab.cache,
    `${contender.id}-anatomy`,
    config,
    () => measureAnatomy(lab, contender, file, images, progress),
    progress.note,
  );
  return value;
}

/** Percent, of the network as it was trained, on the images of the comparison. */
function accuracyOf(lab: Lab, network: TrainedNetwork): number {
  return withModel(lab.runtime.heap, network, (model) => evaluate(lab.runtime, model, lab.test).accuracy);
}

function summary({ annAccuracy, accuracy }: MeasuredMethod, steps: readonly number[]): string {
  const shown = [steps[0]!, steps[Math.floor(steps.length / 2)]!, steps.at(-1)!];
  const points = [...new Set(shown)].map((t) => `T=${t} ${accuracy[t]!.toFixed(2)}`);
  return `ANN ${annAccuracy.toFixed(2)} %, ${points.join(', ')}`;
}

/** One architecture: networks may differ in their activations alone. */
function checkAlike(lab: Lab, networks: ReadonlyMap<string, NetworkFile>): void {
  let first: { readonly path: string; readonly shape: string } | null = null;
  for (const { path, network } of networks.values()) {
    checkInput(network.architecture, lab.test);
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
