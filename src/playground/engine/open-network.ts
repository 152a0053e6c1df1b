/**
 * @file Opens a network from the bytes of a file: a trained one, which is converted, or a spiking one as it is.
 */
import { convert } from '../../convert/convert.ts';
import { CONVERSION_METHODS, methodNamed } from '../../convert/methods/index.ts';
import type { Dataset } from '../../data/dataset.ts';
import { InputError } from '../../errors.ts';
import { activationLayers } from '../../nn/activation-layers.ts';
import { type Architecture, mapSize, type TrainedNetwork } from '../../nn/architecture.ts';
import { disposeModel } from '../../nn/model.ts';
import { summarise } from '../../nn/summary.ts';
import { loadWeights } from '../../nn/trained-network.ts';
import type { Ground, NetworkFacts, Opened } from '../protocol.ts';
import { calibrateOn } from './calibrate-on.ts';
import { pictureKind } from './picture-kind.ts';
import { readNetwork } from './read-network.ts';
import { type OpenNetwork, opened, type Workbench } from './workbench.ts';

/** Opens what was asked for; what was open is closed. @throws InputError naming what is wrong with the file */
export async function openNetwork(bench: Workbench, ask: Opened): Promise<NetworkFacts> {
  if (ask.kind === 'again') {
    const { name, trained, became, data } = opened(bench);
    if (!trained) throw new InputError(`${name}: expected a trained network to convert, found a spiking one`);
    return openTrained(bench, name, trained.network, { method: ask.method, became, data });
  }
  const { made, became } = await readNetwork(ask.bytes, ask.name);
  if (made.kind === 'model') return openTrained(bench, ask.name, made.network, { became });
  const { snn } = made;
  const images = pictureKind(snn.provenance.dataset, snn.input, snn.classes, snn.learned);
  const method = String(snn.provenance.method ?? '');
  return replace(bench, { name: ask.name, images, snn, report: null, method, became, data: null });
}

/** Converts a trained network, by the first method that understands its activations unless one is named. */
export function openTrained(
  bench: Workbench,
  name: string,
  network: TrainedNetwork,
  {
    method,
    became = [],
    data = null,
  }: { readonly method?: string } & Partial<Pick<OpenNetwork, 'became' | 'data'>> = {},
): NetworkFacts {
  const { architecture, provenance, learned } = network;
  const images = pictureKind(provenance.dataset, architecture.input, architecture.classes, learned);
  const chosen = methodNamed(method ?? methodsFor(architecture)[0] ?? 'strelu');
  const model = loadWeights(bench.runtime.heap, network);
  try {
    const calibration = chosen.needsCalibration
      ? { calibration: calibrateOn(bench, model, images, data?.train ?? null) }
      : {};
    const { snn, report } = convert(network, { method: chosen, ...calibration });
    const trained = { network, model };
    const open = { name, images, trained, snn, report, method: chosen.name, became, data };
    return replace(bench, open);
  } catch (error) {
    disposeModel(bench.runtime.heap, model);
    throw error;
  }
}

function replace(bench: Workbench, open: OpenNetwork): NetworkFacts {
  const before = bench.open?.trained;
  if (before) disposeModel(bench.runtime.heap, before.model);
  bench.open = open;
  bench.run = null;
  return factsOf(open);
}

/** The methods that understand all activations of a network. */
function methodsFor({ layers }: Architecture): string[] {
  const activations = new Set(activationLayers(layers).map(({ activation }) => activation));
  return CONVERSION_METHODS.filter(
    (method) => activations.size > 0 && [...activations].every((one) => method.activations.includes(one)),
  ).map(({ name }) => name);
}

function factsOf({ name, images, trained, snn, method, became, data }: OpenNetwork): NetworkFacts {
  const architecture = trained?.network.architecture;
  const activations = architecture ? activationLayers(architecture.layers) : [];
  return {
    name,
    dataset: images.name,
    input: snn.input,
    classNames: images.classNames,
    activation: activations[0]?.activation ?? '',
    method,
    methods: architecture ? methodsFor(architecture) : [],
    neuron: snn.neuron.name,
    layers: snn.layers.map((layer) => ({
      name: layer.name,
      shape: layer.shape,
      neurons: mapSize(layer.shape),
    })),
    summary: architecture
      ? summarise(architecture).map(
          ({ name: layer, output, parameters }) =>
            `${layer}: ${output.join(' x ')}, ${parameters} parameters`,
        )
      : [],
    became,
    samples: data !== null,
    ground: data ? groundOf(data.train) : 'dark',
  };
}

/** Drawings have little ink: most of a picture is its ground. */
function groundOf({ mean, shape }: Dataset): Ground {
  if (shape[2] !== 1 || (mean[0]! > 1 / 3 && mean[0]! < 2 / 3)) return 'either';
  return mean[0]! > 0.5 ? 'bright' : 'dark';
}
