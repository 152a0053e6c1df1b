import type { Architecture, MapShape } from '../architecture.ts';
import { builtFor } from '../smallest-image.ts';
import type { ModelOptions } from './build.ts';
import { activationsOf, checkLevels } from './check-levels.ts';
import { cifarFast } from './cifar-fast.ts';
import { cnn } from './cnn.ts';
import { lenet } from './lenet.ts';
import { resnet } from './resnet.ts';
import { vgg } from './vgg.ts';

/** The names of the architectures. */
export type ModelName =
  | 'lenet'
  | 'cnn'
  | 'vgg8'
  | 'vgg11'
  | 'vgg13'
  | 'vgg16'
  | 'resnet'
  | 'cifar-fast'
  | 'cifar-residual';

/** Makes an architecture for images of a shape. */
export type ModelFactory = (input: MapShape, classes: number, options: ModelOptions) => Architecture;

/**
 * Every architecture by its name on the command line.
 * @example
 * MODELS.lenet([28, 28, 1], 10, { activation: 'strelu' }).classes; // 10
 */
export const MODELS: Readonly<Record<ModelName, ModelFactory>> = {
  lenet: fitting('lenet', lenet),
  cnn: fitting('cnn', cnn),
  vgg8: vggNamed('vgg8'),
  vgg11: vggNamed('vgg11'),
  vgg13: vggNamed('vgg13'),
  vgg16: vggNamed('vgg16'),
  resnet: fitting('resnet', resnet),
  'cifar-fast': fitting('cifar-fast', (...parts) => cifarFast('cifar-fast', ...parts)),
  'cifar-residual': fitting('cifar-residual', (...parts) => cifarFast('cifar-residual', ...parts)),
};

/** The same model, which refuses images that are too small and says which are large enough. VGG leaves out pools instead. */
function fitting(name: ModelName, make: ModelFactory): ModelFactory {
  return (input, classes, options) =>
    checkLevels(
      builtFor(input, name, (images) => make(images, classes, options)),
      options,
    );
}

function vggNamed(name: Parameters<typeof vgg>[0]): ModelFactory {
  return (input, classes, options) => checkLevels(vgg(name, input, classes, options), options);
}

/** The models whose pools can stand on either side of batch norm and activation. */
export const MOVABLE_POOLS: readonly string[] = [
  'vgg8',
  'vgg11',
  'vgg13',
  'vgg16',
  'cifar-fast',
  'cifar-residual',
];

/** Whether a model has batch norms: without them there is nothing to shift (law L20). */
export const hasBatchNorms = (model: string): boolean =>
  layersOf(model)?.some(({ kind }) => kind === 'batchNorm') ?? true;

/** Whether the first layer of a model has a bias. */
export function hasFirstBias(model: string): boolean {
  const first = layersOf(model)?.[0];
  return first === undefined || (first.kind === 'conv2d' && first.bias);
}

/** How many activations a model has; infinitely many may be in a description. */
export function activationsIn(model: string): number {
  const layers = layersOf(model);
  return layers === undefined ? Number.POSITIVE_INFINITY : activationsOf({ layers });
}

/** Undefined for a description: the trainer looks at its layers. */
const layersOf = (model: string): Architecture['layers'] | undefined =>
  Object.hasOwn(MODELS, model)
    ? MODELS[model as ModelName]([32, 32, 3], 10, { activation: 'strelu' }).layers
    : undefined;
