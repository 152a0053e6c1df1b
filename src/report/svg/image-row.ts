/**
 * @file Grey images side by side, as vector squares: one path for each of sixteen greys, runs of equal pixels joined.
 */
import { element } from './element.ts';
import { type ChartText, label, picture } from './frame.ts';

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

export function imageRow(text: ChartText, images: readonly GreyImage[], columns = 10): string {
  const cellWidth = Math.max(...images.map((image) => image.width)) + GAP;
  const cellHeight = Math.max(...images.map((image) => image.height)) + GAP + CAPTION;
  const rows = Math.ceil(images.length / columns);
  const content = images.flatMap((image, i) => {
    const left = (i % columns) * cellWidth;
    const top = Math.floor(i / columns) * cellHeight;
    return [
      element('rect', { class: 'lane', x: left, y: top, width: image.width, height: image.height }),
      element(
        'g',
        { transform: `translate(${left} ${top})`, 'shape-rendering': 'crispEdges' },
        ...greyPaths(image),
      ),
      element(
        'g',
        { class: 'small' },
        label(left + image.width / 2, top + image.height + 12, 'middle', image.caption),
      ),
    ];
  });
  return picture(text, columns * cellWidth, rows * cellHeight, ...content);
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
    level === 0 || d === '' ? [] : [element('path', { class: 'ink', 'fill-opacity': level / GREYS, d })],
  );
}
