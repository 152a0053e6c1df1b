/**
 * @file What is in a file of strelu: a trained network, a spiking network, a checkpoint, or a network description.
 */

import { InputError } from '../errors.ts';
import { decodeCheckpoint } from '../format/checkpoint-format.ts';
import { CHECKPOINT_FORMAT, MODEL_FORMAT, SNN_FORMAT } from '../format/format-names.ts';
import { decodeModel } from '../format/model-format.ts';
import { parseNetwork } from '../format/network-json.ts';
import { parseJson } from '../format/parse-json.ts';
import { decodeSafetensors } from '../format/safetensors.ts';
import { decodeSnn } from '../format/snn-format.ts';
import { readBytes } from '../io/files.ts';
import { type Architecture, type MapShape, mapSize } from '../nn/architecture.ts';
import type { LearnedData } from '../nn/learned-data.ts';
import { type LayerSummary, summarise, totals } from '../nn/summary.ts';
import { denseOperations } from '../snn/fan-out.ts';
import { synapseGeometry, windowOfPool } from '../snn/geometry.ts';
import type { PoolWindow, SpikingNetwork } from '../snn/network.ts';

type Provenance = Readonly<Record<string, string | number | boolean>>;

/** What a network learned of its images; absent in files that do not say. */
interface Learned {
  readonly learned?: LearnedData;
}

/** A spiking layer and what feeds it. */
export interface SpikingSummary {
  readonly name: string;
  readonly shape: MapShape;
  /** The least and the greatest threshold; null for the readout. */
  readonly theta: readonly [number, number] | null;
  /** 'conv2d from image', 'linear from act2 over 2x2 means'. */
  readonly inputs: readonly string[];
  readonly weights: number;
  /** Synaptic operations if every input neuron sent one spike, from the image multiply-accumulates. */
  readonly synapses: number;
}

export type Inspection =
  | (Learned & {
      readonly kind: 'trained network' | 'network description';
      readonly name: string;
      readonly input: MapShape;
      readonly classes: number;
      readonly layers: readonly LayerSummary[];
      readonly parameters: number;
      readonly macs: number;
      readonly provenance: Provenance;
    })
  | (Learned & {
      readonly kind: 'spiking network';
      readonly name: string;
      readonly input: MapShape;
      readonly classes: number;
      readonly neuron: string;
      readonly says: string;
      readonly initialPotential: number;
      readonly grid: SpikingNetwork['grid'] | null;
      readonly layers: readonly SpikingSummary[];
      readonly weights: number;
      readonly synapses: number;
      readonly provenance: Provenance;
    })
  | {
      readonly kind: 'checkpoint';
      readonly tensors: number;
      readonly numbers: number;
      readonly metadata: Readonly<Record<string, string>>;
    };

/** Safetensors begin with the length of their header; the first eight letters of a text make a number beyond any file. */
function isSafetensors(bytes: Uint8Array<ArrayBuffer>): boolean {
  if (bytes.length < 8) return false;
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true) <= BigInt(bytes.length - 8);
}

/**
 * @param input of a network description, which has none of its own: the images it is asked about
 * @throws InputError when the file is missing, damaged, or none of ours
 */
export async function inspectFile(path: string, input: MapShape): Promise<Inspection> {
  const bytes = await readBytes(path);
  if (!isSafetensors(bytes)) return description(bytes, path, input);
  const { metadata } = decodeSafetensors(bytes, path);
  switch (metadata.format) {
    case MODEL_FORMAT: {
      const { architecture, learned, provenance } = decodeModel(bytes, path);
      return { ...trained('trained network', architecture, provenance), ...(learned && { learned }) };
    }
    case SNN_FORMAT:
      return spiking(decodeSnn(bytes, path));
    case CHECKPOINT_FORMAT: {
      const checkpoint = decodeCheckpoint(bytes, path);
      const numbers = [...checkpoint.tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
      return { kind: 'checkpoint', tensors: checkpoint.tensors.size, numbers, metadata: checkpoint.metadata };
    }
    default:
      throw new InputError(
        `${path}: expected a file that train or convert wrote, or a network description in JSON, found safetensors of format ${metadata.format ?? 'none'}`,
      );
  }
}

function description(bytes: Uint8Array, path: string, input: MapShape): Inspection {
  const value = parseJson(bytes, (fact) => {
    throw new InputError(`${path}: expected a safetensors file or JSON, found neither: it ${fact}`);
  });
  const { name, network } = parseNetwork(value, path);
  return trained('network description', network(input, name), {});
}

function trained(
  kind: 'trained network' | 'network description',
  architecture: Architecture,
  provenance: Provenance,
): Inspection {
  const layers = summarise(architecture);
  const { name, input, classes } = architecture;
  return { kind, name, input, classes, layers, ...totals(layers), provenance };
}

function spiking(network: SpikingNetwork): Inspection {
  const layers = network.layers.map((layer): SpikingSummary => {
    const { name, shape, theta, inputs } = layer;
    return {
      name,
      shape,
      theta:
        theta.length === 0
          ? null
          : [theta.reduce((a, b) => Math.min(a, b)), theta.reduce((a, b) => Math.max(a, b))],
      inputs: inputs.map(({ kind, from, pool, maxPool }) => {
        const source = from < 0 ? 'image' : network.layers[from]!.name;
        const over = (what: string, window: PoolWindow | number = 1): string => {
          const size = windowOfPool(window).window;
          return size[0] * size[1] > 1 ? ` over ${size.join('x')} ${what}` : '';
        };
        return `${kind} from ${source}${over('largest counts', maxPool)}${over('means', pool)}`;
      }),
      weights: inputs.reduce((sum, { weight }) => sum + weight.length, 0),
      synapses: inputs.reduce(
        (sum, synapses) =>
          sum +
          (synapses.kind === 'identity'
            ? mapSize(shape)
            : denseOperations(synapseGeometry(network, layer, synapses))),
        0,
      ),
    };
  });
  const { name, input, classes, neuron, initialPotential, grid = null, learned, provenance } = network;
  const sum = (of: (layer: SpikingSummary) => number): number =>
    layers.reduce((total, layer) => total + of(layer), 0);
  return {
    kind: 'spiking network',
    name,
    input,
    classes,
    neuron: neuron.name,
    says: neuron.says,
    initialPotential,
    grid,
    layers,
    weights: sum(({ weights }) => weights),
    synapses: sum(({ synapses }) => synapses),
    ...(learned && { learned }),
    provenance,
  };
}
