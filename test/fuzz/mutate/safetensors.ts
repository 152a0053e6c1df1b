/** @file Safetensors files that are nearly right: in their bytes, in the header, in the JSON within their metadata, in a number. */
import fc from 'fast-check';
import { nearlyBytes } from './bytes.ts';
import { nearlyJson } from './json.ts';

type Header = Readonly<Record<string, unknown>> & {
  readonly __metadata__?: Readonly<Record<string, string>>;
};

interface Parts {
  readonly header: Header;
  readonly data: Uint8Array;
}

function partsOf(bytes: Uint8Array): Parts {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  return { header: JSON.parse(text) as Header, data: bytes.subarray(8 + length) };
}

function join(header: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

/** float32 numbers at which networks err. */
const NUMBERS = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, -1, 1e-45, 1e-38, 3e38, -3e38, 1e30, 1e-30];

/**
 * @param samples whole files
 * @param json keys of the metadata that hold JSON
 */
export function nearlySafetensors(
  samples: readonly Uint8Array[],
  json: readonly string[] = [],
): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const parts = samples.map(partsOf);
  const headers = fc.oneof(
    ...parts.map(({ header, data }) => nearlyJson(header).map((text) => join(text, data))),
  );
  const inner = parts.flatMap(({ header, data }) =>
    json
      .filter((key) => header.__metadata__?.[key] !== undefined)
      .map((key) =>
        nearlyJson(JSON.parse(header.__metadata__![key]!)).map((text) => {
          const metadata = { ...header.__metadata__, [key]: text };
          return join(JSON.stringify({ ...header, __metadata__: metadata }), data);
        }),
      ),
  );
  const numbers = fc
    .tuple(fc.constantFrom(...parts), fc.nat(), fc.constantFrom(...NUMBERS))
    .map(([{ header, data }, at, number]) => {
      const changed = data.slice();
      if (changed.length >= 4)
        new DataView(changed.buffer).setFloat32(4 * (at % Math.floor(changed.length / 4)), number, true);
      return join(JSON.stringify(header), changed);
    });
  return fc.oneof(
    { weight: 3, arbitrary: headers },
    ...inner.map((arbitrary) => ({ weight: 4, arbitrary })),
    { weight: 1, arbitrary: numbers },
    { weight: 2, arbitrary: nearlyBytes(...samples) },
  );
}
