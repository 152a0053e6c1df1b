/**
 * @file JSON texts that are nearly what a reader takes: a value, a key or a number in one of some samples is another, is missing, is
 * there twice, or is written in a way that only some parsers take.
 */
import fc from 'fast-check';

/** A piece of JSON text that no value has: a key twice, a number of 400 digits. */
class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const deep = (open: string, close: string): Raw => new Raw(open.repeat(20_000) + close.repeat(20_000));

/** Values at which readers err. */
const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -0, 1, -1, 2, 0.5, 7, 255, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53, 1e21],
  ...[1e308, -1e308, 5e-324, 1e-320, -1e-300, 1e38, 3.5e38],
  ...['1e999', '-1e999', '1e0', '1.0', '-0', '01', '0x10', 'NaN', 'Infinity', '1'.repeat(400)].map(
    (text) => new Raw(text),
  ),
  ...[
    '',
    ' ',
    'a',
    '1',
    'null',
    '__proto__',
    'constructor',
    'toString',
    '../../etc/passwd',
    '/etc/passwd',
    'C:\\x',
  ],
  ...['.', '..', 'a/../b', '\u0000', '\u001b]0;x\u0007', '\u202e', 'x'.repeat(3000), '\u{1f600}'],
  ...[
    new Raw('"\\ud800"'),
    new Raw('"\\u0061"'),
    deep('[', ']'),
    deep('{"a":', '}'),
    new Raw('{"toString":1}'),
  ],
  ...[
    [],
    {},
    [[]],
    [{}],
    [null],
    [1, 2, 3],
    [0, 0, 0],
    [1, 1, 1, 1],
    [-1, 1, 1],
    [1e9, 1e9, 1e9],
    { length: 1e9 },
  ],
];
const KEYS = [
  '__proto__',
  'constructor',
  'colour',
  'toString',
  'length',
  '',
  'kind',
  'name',
  'x'.repeat(500),
];

type Path = readonly (string | number)[];

function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value))
    yield* pathsOf(part, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** An object as its entries, so that a key may be there twice. */
class Entries {
  readonly list: readonly (readonly [string, unknown])[];
  constructor(list: readonly (readonly [string, unknown])[]) {
    this.list = list;
  }
}

const GONE = Symbol('gone');

/** The value with what is at a path changed. */
function changed(value: unknown, path: Path, change: (part: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    const part = changed(value[key as number], rest, change);
    if (part === GONE) return value.filter((_, i) => i !== key);
    return value.map((item, i) => (i === key ? part : item));
  }
  const entries = value instanceof Entries ? value.list : Object.entries((value ?? {}) as object);
  const index = entries.findIndex(([name]) => name === key);
  if (index < 0) return value;
  const part = changed(entries[index]![1], rest, change);
  if (part === GONE) return new Entries(entries.filter((_, i) => i !== index));
  return new Entries(entries.map((entry, i) => (i === index ? ([entry[0], part] as const) : entry)));
}

function write(value: unknown): string {
  if (value instanceof Raw) return value.text;
  if (value instanceof Entries)
    return `{${value.list.map(([key, part]) => `${JSON.stringify(key)}:${write(part)}`).join()}}`;
  if (Array.isArray(value)) return `[${value.map(write).join()}]`;
  if (typeof value === 'object' && value !== null) return write(new Entries(Object.entries(value)));
  return Object.is(value, -0) ? '-0' : (JSON.stringify(value) ?? ''); // nothing at all, where the root is gone
}

const withEntry = (part: unknown, key: string, value: unknown): unknown => {
  if (part instanceof Entries) return new Entries([...part.list, [key, value]]);
  if (Array.isArray(part)) return [...part, value];
  return typeof part === 'object' && part !== null
    ? new Entries([...Object.entries(part), [key, value]])
    : value;
};

const again = (part: unknown): unknown => {
  if (Array.isArray(part)) return [...part, ...part];
  const entries = part instanceof Entries ? part.list : Object.entries((part ?? {}) as object);
  return new Entries([...entries, ...entries.slice(0, 1)]);
};

/** What may be done to a part of a value. */
const change = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...VALUES).map((value) => () => value) },
  { weight: 1, arbitrary: fc.constant(() => GONE) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)).map(
      ([key, value]) =>
        (part: unknown) =>
          withEntry(part, key, value),
    ),
  },
  { weight: 1, arbitrary: fc.constant(again) },
  { weight: 1, arbitrary: fc.double().map((value) => () => (Number.isFinite(value) ? value : null)) },
  { weight: 1, arbitrary: fc.integer().map((value) => () => value) },
);

/** What may be done to a text. */
const slip = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.nat(3),
  fc.constantFrom('', '"', '{', '[', ',', ':', '\\', '}', ']', ' '.repeat(20), '\ufeff', '\u0000', '9'),
);

/**
 * @param samples values as a reader takes them
 */
export function nearlyJson(...samples: readonly unknown[]): fc.Arbitrary<string> {
  const all = samples.map((value) => ({ value, paths: [...pathsOf(value)] }));
  const spot = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const values = fc
    .tuple(fc.constantFrom(...all), fc.array(fc.tuple(spot, change), { minLength: 0, maxLength: 3 }))
    .map(([{ value, paths }, list]) =>
      write(
        list.reduce<unknown>(
          (so, [where, how]) => changed(so, paths[Math.floor(where * paths.length)]!, how),
          value,
        ),
      ),
    );
  const slips = fc.tuple(values, slip).map(([text, [share, length, more]]) => {
    const from = Math.floor(share * text.length);
    return text.slice(0, from) + more + text.slice(from + length);
  });
  return fc.oneof(
    { weight: 6, arbitrary: values },
    { weight: 1, arbitrary: slips },
    { weight: 1, arbitrary: fc.json() },
  );
}
