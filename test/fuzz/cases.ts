/** @file The smallest input of every fault that was once found, whether by the fuzzer or by a user; each is one of a kind. */
import { decodeSafetensors, encodeSafetensors } from '../../src/format/safetensors.ts';
import { encodeSnn } from '../../src/format/snn-format.ts';
import { packTar } from '../data/pack-tar.ts';
import { syntheticResults } from '../report/fixture.ts';
import { SPIKING } from './samples.ts';
import { HUGE } from './targets/pictures.ts';

export interface FuzzCase {
  /** The name of its target. */
  readonly target: string;
  /** What is odd about it. */
  readonly what: string;
  readonly input: unknown;
  readonly outcome: 'loads' | 'refused';
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function safetensors(header: string, data: Uint8Array = new Uint8Array(0)): Uint8Array<ArrayBuffer> {
  const text = utf8(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const refused = (target: string, what: string, input: unknown): FuzzCase => ({
  target,
  what,
  input,
  outcome: 'refused',
});
const loads = (target: string, what: string, input: unknown): FuzzCase => ({
  target,
  what,
  input,
  outcome: 'loads',
});

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const tensor = (range: string, shape = '[2]', dtype = '"U8"'): string =>
  `{"dtype":${dtype},"shape":${shape},"data_offsets":${range}}`;

/** A spiking network of many layers, each an identity of the one before. */
export function tall(layers: number): Uint8Array<ArrayBuffer> {
  const [first, , readout] = SPIKING[0]!.layers;
  const identity = { kind: 'identity', pool: 1, kernel: 1, stride: 1, padding: 0 } as const;
  const weight = new Float32Array(0);
  const hidden = Array.from({ length: layers }, (_, l) => ({
    ...first!,
    name: `h${l}`,
    inputs: [{ ...identity, weight, from: l - 1 }],
    shape: [1, 1, 1] as const,
    theta: Float32Array.of(1),
    bias: Float32Array.of(0),
  }));
  const last = {
    ...readout!,
    inputs: [{ ...readout!.inputs[0]!, from: layers - 1, weight: new Float32Array(3) }],
  };
  return encodeSnn({ ...SPIKING[0]!, input: [1, 1, 1], layers: [...hidden, last] });
}

// biome-ignore lint/suspicious/noExplicitAny: parsed JSON, changed in one place
type Deep = any;

/** A network on the int8 grid with another value of a unit in its readout. */
function inUnitsOf(unit: number): Uint8Array<ArrayBuffer> {
  const file = decodeSafetensors(encodeSnn(SPIKING[2]!), 'sample');
  const name = `${SPIKING[2]!.layers.at(-1)!.name}.scale`;
  (file.tensors.get(name)!.data as Float32Array).fill(unit);
  return encodeSafetensors(file);
}

function resultWith(command: string, change: (result: Deep) => void): string {
  const result = structuredClone(syntheticResults('sample', 2)[command]!);
  change(result as Deep);
  return JSON.stringify(result);
}

function sized(size: string): Uint8Array<ArrayBuffer> {
  const tar = packTar([{ name: 'a', bytes: new Uint8Array(10) }]);
  tar.set(utf8(size), 124);
  tar.fill(0x20, 148, 156);
  const sum = tar.subarray(0, 512).reduce((a, b) => a + b, 0);
  tar.set(utf8(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return tar;
}

export const CASES: readonly FuzzCase[] = [
  // safetensors
  refused(
    'safetensors',
    'a dtype that is an object',
    safetensors(`{"a":${tensor('[0,0]', '[0]', '{"toString":1}')}}`),
  ),
  refused('safetensors', 'a shape 20,000 deep', safetensors(`{"a":${tensor('[0,0]', deep(20_000))}}`)),
  refused(
    'safetensors',
    'a key twice, behind 17 blanks',
    safetensors(`{"a"${' '.repeat(17)}:${tensor('[0,0]', '[0]')},"a":${tensor('[0,0]', '[0]')}}`),
  ),
  refused('safetensors', 'half of a surrogate pair', safetensors(`{"\\ud800":${tensor('[0,0]', '[0]')}}`)),
  refused('safetensors', 'a byte order mark', safetensors('\ufeff{}')),
  refused(
    'safetensors',
    'a size in exponents',
    safetensors(`{"a":${tensor('[0,2]', '[2e0]')}}`, new Uint8Array(2)),
  ),
  refused(
    'safetensors',
    '2,000 tensors over the same megabyte',
    safetensors(
      `{${Array.from({ length: 2000 }, (_, i) => `"t${i}":${tensor('[0,1048576]', '[1048576]')}`).join()}}`,
      new Uint8Array(2 ** 20),
    ),
  ),
  refused('safetensors', 'a header of 3 million lists', safetensors(`{"a":[${'[],'.repeat(3_000_000)}[]]}`)),
  refused('safetensors', 'a header of 3 million sizes', safetensors(`{"a":[${'0,'.repeat(3_000_000)}0]}`)),
  loads(
    'safetensors',
    'a text of 20 MB in the metadata',
    encodeSafetensors({ tensors: new Map(), metadata: { text: 'abcd'.repeat(5_000_000) } }),
  ),
  loads(
    'safetensors',
    'a tensor called __proto__',
    safetensors(`{"__proto__":${tensor('[0,2]')}}`, new Uint8Array(2)),
  ),
  // JSON
  refused('json', '20,000 lists in each other', deep(20_000)),
  refused('json', 'a key twice, within', '[{"a":{"b":1,"\\u0062":2}}]'),
  refused('json', 'nothing', ''),
  refused('json', 'half of a surrogate pair, not escaped', '["\ude00"]'),
  loads('json', 'a number below 0 that is 0', '-0'),
  // networks
  refused(
    'network',
    'a residual block in 5,000 others',
    `{"name":"x","layers":[${'{"kind":"residual","body":['.repeat(5000)}${']}'.repeat(5000)}]}`,
  ),
  refused('network', 'a kind of 1 MB', `{"name":"x","layers":[{"kind":"${'x'.repeat(2 ** 20)}"}]}`),
  loads('snn', '2,000 layers', tall(2000)),
  refused('snn', 'an int8 network whose unit is 3e38', inUnitsOf(3e38)),
  // result files
  refused(
    'page',
    'an epoch of 1e16',
    resultWith('train', (run) => {
      run.train.curve[0].epoch = 1e16;
    }),
  ),
  loads(
    'page',
    'an epoch of 1e9',
    resultWith('train', (run) => {
      run.train.curve[3].epoch = 1e9;
    }),
  ),
  refused(
    'page',
    'a loss of 1e308',
    resultWith('train', (run) => {
      run.train.curve[0].loss = 1e308;
    }),
  ),
  loads(
    'page',
    'an energy of 1e-320',
    resultWith('simulate', (run) => {
      run.energy['horowitz-fp32'].snnJoule[1] = 1e-320;
    }),
  ),
  loads(
    'page',
    'a law with a worst case of 1e-300',
    resultWith('verify', (run) => {
      run.laws[0].worst = 1e-300;
    }),
  ),
  refused(
    'page',
    'a T needed that was not measured',
    resultWith('compare', (run) => {
      run.comparison.contenders[0].needed.own[1] = 3;
    }),
  ),
  loads(
    'page',
    'an anatomy of no layers',
    resultWith('compare', (run) => {
      run.comparison.contenders[0].anatomy = [];
    }),
  ),
  loads(
    'page',
    'a raster of no layers',
    resultWith('compare', (run) => {
      run.comparison.raster.layers = [];
    }),
  ),
  loads(
    'page',
    'a verified network of no hidden layer',
    resultWith('verify', (run) => {
      run.layers = [];
    }),
  ),
  refused(
    'page',
    'a histogram of no bins',
    resultWith('verify', (run) => {
      run.layers[0].histogram.bins = [];
    }),
  ),
  // archives
  refused('tar', 'a size below 0', sized('-0000000001\0')),
  refused('tar', 'a size of 8 GiB', sized('77777777777\0')),
  // pictures
  refused('jpeg', '1 KB that claims 8191 x 8191 pixels', HUGE),
  // the command line
  refused('words', 'a value of 5,000 letters', ['0', '--seed', 'x'.repeat(5000)]),
];
