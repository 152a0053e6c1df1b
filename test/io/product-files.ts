/** @file A small file of each kind that commands make, by its kind. */
import { convert } from '../../src/convert/convert.ts';
import { encodeCheckpoint } from '../../src/format/checkpoint-format.ts';
import { encodeModel } from '../../src/format/model-format.ts';
import { encodeSnn } from '../../src/format/snn-format.ts';
import type { ProductKind } from '../../src/io/product-file.ts';
import { studyCsv } from '../../src/lab/sweep/csv.ts';
import { resultText } from '../../src/report/result.ts';
import { randomTrainedNetwork } from '../support/random-network.ts';

type Kind = Exclude<ProductKind, `result of ${string}`> | 'result of sweep' | 'result of train';

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

export function productFiles(): Readonly<Record<Kind, Uint8Array<ArrayBuffer>>> {
  const network = randomTrainedNetwork(1);
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
    'result of sweep': result('sweep'),
    'result of train': result('train'),
  };
}
