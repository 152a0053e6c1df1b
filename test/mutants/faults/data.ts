/** @file Images of one's own: what becomes of pixels, labels and statistics on the way from a file. */
import { type Fault, fault } from './fault.ts';

const PICTURES = ['data/pictures.test.ts'];
const PLAIN_PNG = ['io/folder/plain-png.test.ts'];
const ARRAYS = ['io/own-arrays.test.ts'];
const CSV = ['data/csv.test.ts'];
const OWN_CSV = ['io/own-csv.test.ts'];
const PAGE = ['playground/engine/data/gather.test.ts'];
const PAGE_TRAINS = ['playground/engine/train-here.test.ts'];
const FOLDER = ['io/own-folder.test.ts'];
const DATASET = ['data/create-dataset.test.ts'];
const LEARNED = ['format/learned.test.ts'];

export const DATA_FAULTS: readonly Fault[] = [
  fault(
    'a border pixel counts whole in an area',
    'src/data/pictures/resample.ts',
    'Math.min(high, first + k + 1) - Math.max(low, first + k)',
    '1',
    'a constant picture stays constant',
    PICTURES,
  ),
  fault(
    'centres of pixels are their corners',
    'src/data/pictures/resample.ts',
    '((i + 0.5) * from) / to - 0.5',
    '(i * from) / to',
    'linear between centres',
    PICTURES,
  ),
  fault(
    'shrinking picks pixels',
    'src/data/pictures/resample.ts',
    'to < from ? area(from, to, i) : between(from, to, i)',
    'between(from, to, i)',
    'every old pixel counts',
    PICTURES,
  ),
  fault(
    'red weighs as blue',
    'src/data/pictures/fit-picture.ts',
    'RED * data[3 * i]!',
    'BLUE * data[3 * i]!',
    'grey by BT.601',
    PICTURES,
  ),
  fault(
    'ties of the Paeth predictor go to above',
    'src/io/folder/plain-png.ts',
    'if (da <= db && da <= dc) return a;',
    'if (da < db && da < dc) return a;',
    'as fast-png',
    PLAIN_PNG,
  ),
  fault(
    'the mean of two neighbours is rounded up',
    'src/io/folder/plain-png.ts',
    '((left(at) + up(at)) >> 1)',
    '((left(at) + up(at) + 1) >> 1)',
    'as fast-png',
    PLAIN_PNG,
  ),
  fault(
    'a grey picture among coloured ones stays where it was decoded to',
    'src/io/folder/decode-pictures.ts',
    'place.fill(place[p]!, 3 * p, 3 * p + 3)',
    'place[p] = place[p]!',
    'grey becomes colour where any is',
    FOLDER,
  ),
  fault(
    'a split draws every class alike',
    'src/data/split.ts',
    'const drawn = root',
    'const drawn = [...own] ?? root',
    'another seed, another split',
    DATASET,
  ),
  fault(
    'a gap in labels passes',
    'src/io/own/array-set.ts',
    'if (empty < classes && empty >= 0)',
    'if (false)',
    'every class has an image',
    ARRAYS,
  ),
  fault(
    'a pixel of three digits wraps around',
    'src/data/csv-line.ts',
    'return value > 255 ? -1 : value',
    'return value & 255',
    'what is no pixel value is named',
    CSV,
  ),
  fault(
    'the label is always in the first column',
    'src/data/csv.ts',
    'label: labels[0] ?? 0',
    'label: 0',
    'any table is read back',
    CSV,
  ),
  fault(
    'a short line keeps pixels of the line before',
    'src/data/csv.ts',
    'if (column + 1 !== columns)',
    'if (column + 1 > columns)',
    'lines of other lengths are refused',
    CSV,
  ),
  fault(
    'classes of the test file are numbered by themselves',
    'src/io/own/csv-set.ts',
    'namedOf({ place, table }, classNames)',
    'namedOf({ place, table }, namesOf({ place, table }))',
    'the names of the training file hold for the other',
    OWN_CSV,
  ),
  fault(
    'the page puts its test images in another order than their labels',
    'src/playground/engine/data/gather.ts',
    'labels: Uint16Array.from(order, (from) => dataset.labels[from]!)',
    'labels: dataset.labels',
    'the same images as at the command line',
    PAGE,
  ),
  fault(
    'ash1.png is a class of its own',
    'src/playground/engine/data/class-of.ts',
    "stem.replace(/(\\D)\\d+$/, '$1')",
    'stem',
    'the class is what a name begins with',
    PAGE,
  ),
  fault(
    'what the page trains forgets how its images are seen',
    'src/playground/engine/train-here.ts',
    'provenanceOf(data, seed), learnedFrom(train)',
    'provenanceOf(data, seed)',
    'classes and normalisation come with the network',
    PAGE_TRAINS,
  ),
  fault(
    'test images are normalised by their own statistics',
    'src/io/own/own-dataset.ts',
    "split === 'train' ? own : await set.read('train', undefined)",
    'own',
    'statistics are those of the training images',
    ARRAYS,
  ),
  fault(
    'a constant channel divides by 0',
    'src/data/create-dataset.ts',
    '(value < 1e-6 ? 1 : value)',
    'value',
    'no NaN among the pixels',
    DATASET,
  ),
  fault(
    'labels of batches are bytes',
    'src/data/prefetch/ring.ts',
    'new Uint16Array(buffer, labels + slot * images * 2, images)',
    'new Uint8Array(buffer, labels + slot * images * 2, images) as unknown as Uint16Array',
    'labels beyond 255',
    DATASET,
  ),
  fault(
    'a spiking network forgets how its images are seen',
    'src/convert/convert.ts',
    '...(network.learned && { learned: network.learned }),',
    '',
    'what was learned travels',
    LEARNED,
  ),
];
