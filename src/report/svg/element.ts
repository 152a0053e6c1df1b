/**
 * @file SVG and HTML as text: escaping and one function that makes an element.
 */

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Text that is safe between tags and inside a double-quoted attribute. */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * @param children already escaped or made by this function
 * @example
 * element('rect', { x: 1, y: 2, width: 3, height: 4 }); // '<rect x="1" y="2" width="3" height="4"/>'
 */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${typeof value === 'number' ? short(value) : escapeText(String(value))}"`,
    )
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

/** A coordinate: two decimals are a hundredth of a pixel. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
