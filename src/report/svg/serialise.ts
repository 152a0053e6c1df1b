/**
 * @file A drawn DOM tree as SVG text: strictly escaped, coordinates to a hundredth of a pixel, the same bytes every time.
 */
import { element, escapeText } from './element.ts';

/** What is needed of a DOM node; any DOM will do. */
export interface DomNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: ArrayLike<DomNode>;
  readonly attributes?: ArrayLike<{ readonly name: string; readonly value: string }>;
}

const TEXT_NODE = 3;
const GEOMETRY = /^(d|transform|points|x|y|x1|x2|y1|y2|cx|cy|r|rx|width|height)$/;

/** The elements and texts below `node`, without its style sheet. */
export function childrenText(node: DomNode): string {
  return Array.from(node.childNodes, nodeText).join('');
}

function nodeText(node: DomNode): string {
  if (node.nodeType === TEXT_NODE) return escapeText(node.textContent ?? '');
  const name = node.nodeName.toLowerCase();
  if (name === 'style') return '';
  const attributes = Object.fromEntries(
    Array.from(node.attributes ?? [], ({ name: key, value }): [string, string] => [
      key,
      GEOMETRY.test(key) ? rounded(value) : value,
    ]).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  if ('id' in attributes) throw new Error(`figure: an element has the id ${attributes.id}; figures must not`);
  const content = childrenText(node);
  return content === '' ? element(name, attributes) : element(name, attributes, content);
}

/** Numbers of an attribute to two decimals. */
function rounded(value: string): string {
  return value.replaceAll(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) =>
    String(Math.round(Number(number) * 100) / 100),
  );
}
