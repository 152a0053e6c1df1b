/**
 * @file Looks at markup as a reader of it would.
 */
import assert from 'node:assert/strict';
import { parseHTML } from 'linkedom';

/** Every tag is closed by its own name, in order. */
export function assertWellFormed(markup: string): void {
  const open: string[] = [];
  for (const [, close, name, attributes] of markup.matchAll(/<(\/?)([a-zA-Z0-9]+)((?:[^>"]|"[^"]*")*)>/g)) {
    if (close) assert.equal(open.pop(), name);
    else if (!attributes!.endsWith('/') && name !== 'meta' && name !== 'link') open.push(name!);
  }
  assert.deepEqual(open, []);
}

export function parsed(html: string): Document {
  return parseHTML(html).document as unknown as Document;
}

/** The texts below an element, one per `text`. */
export function svgTexts(element: Element): string[] {
  return [...element.querySelectorAll('text')].map((text) => text.textContent ?? '');
}
