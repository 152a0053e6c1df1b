/** @file What comes in from files: readers that trust too much. */
import { type Fault, fault } from './fault.ts';

const SAFETENSORS = ['format/safetensors.test.ts'];
const JSON_TEXT = ['format/parse-json.test.ts'];
const UNKNOWN = ['format/unknown-fields.test.ts'];
const PATHS = ['data/relative-path.test.ts'];
const UNFIT = ['convert/unfit-layer.test.ts'];
const REFUSED = 'whatever a file says, it loads or is refused, in bounded memory';

export const READER_FAULTS: readonly Fault[] = [
  fault(
    'tensors may overlap by one byte',
    'src/format/safetensors.ts',
    'if (from < end) refuse(',
    'if (from < end - 1) refuse(',
    REFUSED,
    SAFETENSORS,
  ),
  fault(
    'bytes behind the last tensor pass',
    'src/format/safetensors.ts',
    'if (end !== length) refuse(',
    'if (end > length) refuse(',
    REFUSED,
    SAFETENSORS,
  ),
  fault(
    'tensors are copied before it is known that they do not overlap',
    'src/format/safetensors.ts',
    '  checkCover(ranges, data.length, refuse);\n',
    '  const copies = ranges.map(({ from, to }) => data.slice(from, to));\n  checkCover(ranges, data.length, refuse);\n  copies.length = 0;\n',
    REFUSED,
    SAFETENSORS,
  ),
  fault(
    'keys that are there twice are looked for on the first floor alone',
    'src/format/parse-json.ts',
    'if (keyNext && keys) {',
    'if (keyNext && keys && open.length === 1) {',
    REFUSED,
    JSON_TEXT,
  ),
  fault(
    'one level too many',
    'src/format/parse-json.ts',
    'if (open.length > depth)',
    'if (open.length > depth + 1)',
    REFUSED,
    JSON_TEXT,
  ),
  fault(
    'unknown fields pass in the objects within',
    'src/format/fields.ts',
    'for (const finish of opened) finish();',
    'opened[0]!();',
    'a field that nobody asks for is refused',
    UNKNOWN,
  ),
  fault(
    'a path may go up',
    'src/data/relative-path.ts',
    "name !== '..' && ",
    '',
    'a path never leaves its folder',
    PATHS,
  ),
  fault(
    'a spiking network may have an infinite threshold',
    'src/snn/check-numbers.ts',
    '(height) => height > 0 && height <= LARGEST',
    '(height) => height > 0',
    'no number of a network is infinite',
    UNFIT,
  ),
];
