/** @file Elements of the page, made and found. */

type Properties = Readonly<Record<string, string | number | boolean | null | ((event: Event) => void)>>;

/**
 * An element; a function among the properties listens to the event of that name, false and null leave an attribute out.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Properties = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== null && value !== false) made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

/** The element of that id. @throws Error where the page has none */
export function byId<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`page: expected an element ${id}, found none`);
  return found as T;
}

/** Changes a text only where it differs, so that readers of the screen hear of changes alone. */
export function say(where: Element, text: string): void {
  if (where.textContent !== text) where.textContent = text;
}
