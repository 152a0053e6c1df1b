/** What work that is done in parts comes to, without a pause between them. */
export function atOnce<T>(parts: Generator<unknown, T, void>): T {
  for (;;) {
    const { done, value } = parts.next();
    if (done) return value as T;
  }
}
