/** @file A small file of each kind that commands make, by its kind. */
import { convert } from '../../src/convert/convert.ts';
import { encodeNpz } from '../../src/data/encode-npz.ts';
import { encodeCheckpoint } from '../../src/format/checkpoint-format.ts';
import { encodeModel } from '../../src/format/model-format.ts';
import { encodeSpikeEvents, encodeWeights } from '../../src/format/network-npz.ts';
import { encodeSafetensors } from '../../src/format/safetensors.ts';
import { encodeSnn } from '../../src/format/snn-format.ts';
import type { ProductKind } from '../../src/io/product-file.ts';
import { tuningText } from '../../src/io/tuning-file.ts';
import { studyCsv } from '../../src/lab/sweep/csv.ts';
import { resultText } from '../../src/report/result.ts';
import { randomTrainedNetwork } from '../support/random-network.ts';

type Kind = Exclude<ProductKind, `result of ${string}`> | 'result of sweep' | 'result of train';

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

export function productFiles(): Readonly<Record<Kind, Uint8Array<ArrayBuffer>>> {
  const network = randomTrainedNetwork(1);
  const none = new Int32Array();
  const { snn } = convert(network);
  const result = (command: string): Uint8Array<ArrayBuffer> =>
    encode(
      resultText({ command, version: '0.1.0', config: {}, seconds: 1 } as Parameters<typeof resultText>[0]),
    );
  return {
    'trained network': encodeModel({ ...network, provenance: { epochs: 1 } }),
    'imported network': encodeModel({ ...network, provenance: {} }),
    'spiking network': encodeSnn(snn),
    'imported spiking network': encodeSnn({ ...snn, provenance: { source: 'NIR' } }),
    checkpoint: encodeCheckpoint({ tensors: new Map(), metadata: {} }),
    study: encode(studyCsv([], [])),
    'tuning table': encode(tuningText(new Map([['a processor', new Map()]]))),
    'ONNX file': Uint8Array.of(8, 7, 0x12, 7, ...encode('pytorch'), 0x3a, 0),
    'exported ONNX file': Uint8Array.of(8, 7, 0x12, 6, ...encode('strelu'), 0x3a, 0),
    'NIR file': Uint8Array.of(0x89, ...encode('HDF\r\n'), 0x1a, 10, ...new Uint8Array(40)),
    arrays: encodeNpz(new Map([['x_train', { shape: [1], data: Int32Array.of(1) }]])),
    'arrays of a network': encodeWeights(network),
    spikes: encodeSpikeEvents(
      { image: none, t: none, layer: none, neuron: none, sign: new Int8Array() },
      [1],
    ),
    weights: encodeSafetensors({
      tensors: new Map([['0.weight', { dtype: 'F32', shape: [1], data: Float32Array.of(1) }]]),
      metadata: { format: 'pt' },
    }),
    'result of sweep': result('sweep'),
    'result of train': result('train'),
  };
}
