/**
 * @file Grey images side by side, as vector squares: one path for each of sixteen greys, runs of equal pixels joined.
 */
import { element, escapeText } from './element.ts';
import type { Figure, FigureText } from './figure.ts';

export interface GreyImage {
  readonly height: number;
  readonly width: number;
  /** [height, width], 0 (paper) to 1 (ink). */
  readonly pixels: ArrayLike<number>;
  readonly caption: string;
}

const GAP = 6;
const CAPTION = 18;
const GREYS = 15;

/** Plot's image mark wants files; pixels as shapes need none, and take the colour of the page's ink. */
export function imageRow(text: FigureText, images: readonly GreyImage[], columns = 10): Figure {
  const cellWidth = Math.max(...images.map((image) => image.width)) + GAP;
  const cellHeight = Math.max(...images.map((image) => image.height)) + GAP + CAPTION;
  const rows = Math.ceil(images.length / columns);
  const content = images.flatMap((image, i) => {
    const left = (i % columns) * cellWidth;
    const top = Math.floor(i / columns) * cellHeight;
    return [
      element('rect', { fill: 'var(--lane)', x: left, y: top, width: image.width, height: image.height }),
      element(
        'g',
        { transform: `translate(${left} ${top})`, 'shape-rendering': 'crispEdges' },
        ...greyPaths(image),
      ),
      element(
        'text',
        { class: 'small', x: left + image.width / 2, y: top + image.height + 12 },
        escapeText(image.caption),
      ),
    ];
  });
  return { ...text, width: columns * cellWidth, height: rows * cellHeight, content: content.join('') };
}

function greyPaths(image: GreyImage): string[] {
  const paths: string[] = Array.from({ length: GREYS + 1 }, () => '');
  const grey = (row: number, column: number): number =>
    Math.round(Math.min(1, Math.max(0, image.pixels[row * image.width + column] ?? 0)) * GREYS);
  for (let row = 0; row < image.height; row++) {
    for (let column = 0, end = 0; column < image.width; column = end) {
      const level = grey(row, column);
      end = column + 1;
      while (end < image.width && grey(row, end) === level) end++;
      paths[level] += `M${column} ${row}h${end - column}v1h${column - end}z`;
    }
  }
  return paths.flatMap((d, level) =>
    level === 0 || d === '' ? [] : [element('path', { 'fill-opacity': level / GREYS, d })],
  );
}
