/**
 * @file From an ONNX file to a trained network: read, checked, its nodes made steps, the steps layers. Nothing of a file is ever
 * evaluated as code, and nothing that it only claims is allocated.
 */
import { InputError } from '../errors.ts';
import type { Architecture, MapShape, TrainedNetwork } from '../nn/architecture.ts';
import { checkShapes } from '../nn/shapes.ts';
import { printablePart } from '../printable.ts';
import { type ReadExternal, readExternalData } from './external-data.ts';
import { joinSteps } from './import/join-steps.ts';
import { liveNodes } from './import/live-nodes.ts';
import { nestLayers } from './import/nest-layers.ts';
import { type Normalisation, normalisationOf } from './import/normalisation.ts';
import { initialisersOf, type OpenedModel, openModel } from './import/open-model.ts';
import { type ImportReport, importedNodes } from './import/report.ts';
import { runNodes, SPARE_VALUES, storedValues } from './import/run-nodes.ts';
import { sizesOf } from './import/view.ts';
import { loadWire, type WireSource } from './wire/load.ts';
import type { OnnxModel } from './wire/messages.ts';
import { readModel } from './wire/read.ts';

/** How to read an ONNX file. */
export interface ImportOptions {
  /** The file's name, for errors and provenance. Default: 'model.onnx'. */
  readonly source?: string;
  /** The network's name. Default: that of the file's graph. */
  readonly name?: string;
  /** The images that the network takes, [height, width, channels], where the file leaves height and width open. */
  readonly input?: MapShape;
  /** How its images are normalised. Default: as the file's metadata say (mean, deviation or std); otherwise it is marked as without. */
  readonly normalisation?: Normalisation;
  /** Reads weights that lie in files beside this one. */
  readonly readExternal?: ReadExternal;
  /** Where @bufbuild/protobuf comes from, when it is not installed beside strelu. */
  readonly wire?: WireSource;
}

/** A trained network, and what each node of the file became. */
export interface Imported {
  readonly network: TrainedNetwork;
  readonly report: ImportReport;
}

/**
 * The trained network of an ONNX file.
 * @throws InputError naming the node that cannot be converted, why, and what to do instead; or what is wrong with the file
 * @example
 * const file = await exportOnnx(network);
 * const { report } = await importOnnx(file, { normalisation: { mean: [0.5], deviation: [0.5] } });
 * report.nodes[0].became; // 'conv1'
 */
export async function importOnnx(
  bytes: Uint8Array<ArrayBufferLike>,
  options: ImportOptions = {},
): Promise<Imported> {
  const { source = 'model.onnx', readExternal = null } = options;
  const wire = await loadWire(options.wire);
  const model = readModel(wire, bytes, source);
  const opened = openModel(model, options.input ?? null, source);
  const external = await readExternalData(opened.graph.initializer, readExternal, source);
  return assemble(model, opened, external, options, source);
}

function assemble(
  model: OnnxModel,
  opened: OpenedModel,
  external: ReadonlyMap<string, Uint8Array<ArrayBufferLike>>,
  options: ImportOptions,
  source: string,
): Imported {
  const { graph, opset, shape: input, output } = opened;
  const constants = initialisersOf(graph, external, source);
  const nodes = liveNodes(graph, output, new Set([...constants.keys(), opened.input]), source);
  const { value, notes } = runNodes(opened, nodes, constants);
  if (!value || !('signal' in value))
    throw new InputError(
      `${source}: output ${output} does not depend on the image; export the network again`,
    );
  const { shape, view, step } = value.signal;
  const [classes = 0, ...others] = sizesOf(view);
  if (
    others.some((size) => size !== 1) ||
    shape[0] * shape[1] !== 1 ||
    view.flat().some(({ name }) => name !== 'channels')
  )
    throw new InputError(
      `${source}: output ${output} is [batch, ${sizesOf(view).join(', ')}], expected one number per class: [batch, classes]; end the network in a linear layer or a global pool`,
    );
  const { layers, weights, became } = nestLayers(
    joinSteps(step),
    SPARE_VALUES + 4 * storedValues(constants),
    source,
  );
  const name = options.name ?? (printablePart(graph.name ?? '') || 'network');
  const architecture: Architecture = { name, input, classes, layers };
  checkShapes(architecture, source);
  checkFinite(weights, source);
  const { learned, from } = normalisationOf(options.normalisation ?? null, opened.metadata, input[2], source);
  const producer = [model.producerName, model.producerVersion].filter(Boolean).join(' ');
  const network: TrainedNetwork = {
    architecture,
    weights,
    ...(learned && { learned }),
    provenance: {
      imported: source,
      format: 'onnx',
      opset,
      ...(producer && { producer }),
      normalisation: from,
    },
  };
  const parameters = [...weights.values()].reduce((sum, { length }) => sum + length, 0);
  return {
    network,
    report: {
      producer,
      opset,
      nodes: importedNodes(nodes, became, notes),
      layers: layers.length,
      parameters,
      normalisation: from,
    },
  };
}

function checkFinite(weights: ReadonlyMap<string, Float32Array<ArrayBufferLike>>, source: string): void {
  for (const [name, values] of weights) {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new InputError(
        `${source}: expected finite numbers in ${name}, found ${values[bad]} at ${bad}; train or export the network again`,
      );
  }
}
