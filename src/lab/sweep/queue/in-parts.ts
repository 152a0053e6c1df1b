/** @file Many small requests, some at a time: neither one after the other nor all at once. */

/** Requests at a time. */
const AT_ONCE = 100;

/** Does `each` to every item, in parts of a hundred; the next part begins when one is done. @param signal ends it between parts */
export async function inParts<T>(
  items: readonly T[],
  each: (item: T) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  for (let from = 0; from < items.length && !signal?.aborted; from += AT_ONCE)
    await Promise.all(items.slice(from, from + AT_ONCE).map(each));
}
