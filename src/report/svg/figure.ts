/**
 * @file A figure as plain data, and its two forms: inline in a page, which brings the colours, or a file of its own.
 */
import { COLOURS, TEXT_STYLE } from './colours.ts';
import { element, escapeText } from './element.ts';

export interface FigureText {
  /** Unique within the page: letters, digits, hyphens. The name of the SVG file. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows and how to read it, in a sentence or two. */
  readonly caption: string;
}

export interface Figure extends FigureText {
  readonly width: number;
  readonly height: number;
  /** SVG elements; nothing in them has an id or refers to one. */
  readonly content: string;
}

/** Pixels; the height is the figure's own. */
export const WIDTH = 560;

/** An `svg` element that screen readers announce by title and description; its colours are those of the page. */
export function inlineSvg(figure: Figure): string {
  return svg(figure, {});
}

/** A file that stands alone: colours for both schemes, and a ground. */
export function svgFile(figure: Figure): string {
  const { width, height } = figure;
  return `${svg(
    figure,
    { width, height },
    element('style', {}, escapeText(`${COLOURS}\nsvg { color: var(--ink); }\n${TEXT_STYLE}`)),
    element('rect', { width: '100%', height: '100%', fill: 'var(--paper)' }),
  )}\n`;
}

function svg(
  { id, title, caption, width, height, content }: Figure,
  size: { readonly width?: number; readonly height?: number },
  ...before: readonly string[]
): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      ...size,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
      fill: 'currentColor',
      'text-anchor': 'middle',
    },
    element('title', { id: `${id}-title` }, escapeText(title)),
    element('desc', { id: `${id}-description` }, escapeText(caption)),
    ...before,
    content,
  );
}
