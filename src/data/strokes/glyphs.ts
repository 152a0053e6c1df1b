/**
 * @file How people write the ten digits: skeletons of pen strokes in a box of 100 x 100, x to the right, y down.
 * A stroke is a smooth curve through its points; ! marks a corner, where the pen turns sharply; | lifts the pen.
 */

/** A point of a skeleton, in units of its box: x and y in [0, 1]. */
export interface PenPoint {
  readonly x: number;
  readonly y: number;
  readonly corner: boolean;
}
export type Stroke = readonly PenPoint[];
export type Glyph = readonly Stroke[];

/** For each digit, the ways of writing it. */
const WAYS: readonly (readonly string[])[] = [
  [
    '55,0 20,12 3,50 20,90 52,100 85,86 97,48 82,12 50,1',
    '72,8 40,0 10,25 5,70 35,100 75,90 95,50 80,15 45,4',
    '50,0 25,20 20,55 32,93 60,98 78,60 75,20 48,0',
  ],
  ['52,0 50,50 48,100', '22,24 42,13 56,0! 54,50 54,100', '25,22 55,0! 54,50 54,100 | 22,100 86,99'],
  [
    '8,25 26,4 62,0 88,22 70,52 38,76 4,100! 50,97 96,98',
    '10,20 40,0 82,10 80,40 45,80 15,98 2,86 20,78 50,92 98,96',
    '15,14 50,2 82,20 76,50 10,98! 90,100',
  ],
  [
    '10,12 42,0 80,10 80,34 38,47! 82,57 93,80 60,100 20,97 3,82',
    '10,2 88,3! 42,42! 80,50 95,75 65,100 25,98 5,85',
    '15,8 60,0 85,22 60,45 45,50 70,55 90,78 55,100 8,92',
  ],
  [
    '22,0 8,56! 50,55 97,53 | 72,20 70,100',
    '70,100 70,50 72,0! 2,66! 50,66 98,65',
    '12,0 8,38 30,53 82,42 | 88,0 82,45 75,100',
  ],
  [
    '20,2 15,45! 50,36 88,52 88,82 55,100 20,97 2,85 | 20,2 92,0',
    '92,1 24,3! 15,45! 50,36 88,52 88,82 55,100 20,97 2,85',
    '88,4 50,1 22,16 35,40 75,50 90,75 60,98 10,95',
  ],
  [
    '75,0 35,22 8,62 20,93 55,100 88,82 80,56 50,48 14,68',
    '45,0 15,40 8,75 35,100 75,95 90,72 65,52 20,62 10,78',
    '85,5 45,8 12,45 12,82 45,100 80,86 78,60 45,52 12,72',
  ],
  [
    '5,5 50,5 92,3! 60,50 42,100',
    '5,5 92,3! 62,50 45,100 | 30,52 84,48',
    '6,20 8,4! 50,7 94,2! 65,42 55,100',
  ],
  [
    '80,13 48,0 16,20 45,45 86,74 55,100 14,80 50,48 85,24 80,10',
    '50,0 20,12 25,38 50,46 76,36 80,12 50,0 | 50,46 14,62 16,92 50,100 86,90 84,60 50,46',
    '60,50 20,28 30,4 70,3 78,28 30,60 15,85 50,100 85,85 60,50',
  ],
  [
    '88,15 50,0 12,14 10,40 42,52 78,38 90,10! 84,55 78,100',
    '88,15 50,0 12,14 10,40 42,52 78,38 90,10! 92,50 80,90 45,100 15,90',
    '80,30 50,48 18,36 22,8 60,0 85,16 75,60 50,100',
  ],
];

function readPoint(text: string): PenPoint {
  const [x, y] = text.replace('!', '').split(',').map(Number);
  return { x: x! / 100, y: y! / 100, corner: text.endsWith('!') };
}

function readGlyph(text: string): Glyph {
  return text.split(' | ').map((stroke) => stroke.split(' ').map(readPoint));
}

/** GLYPHS[digit]: the ways of writing that digit. */
export const GLYPHS: readonly (readonly Glyph[])[] = WAYS.map((ways) => ways.map(readGlyph));
