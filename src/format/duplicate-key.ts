/**
 * @file Finds a key that occurs twice in a JSON text. JSON.parse silently keeps the last one; a file format must not.
 */

/**
 * The first key that occurs twice in one object of a JSON text, or undefined. The text must be valid JSON.
 * @example
 * duplicateKey('{"a": 1, "b": {"a": 2, "a": 3}}'); // 'a'
 */
export function duplicateKey(json: string): string | undefined {
  const open: (Set<string> | null)[] = []; // null: an array
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/g;
  for (let match = token.exec(json); match !== null; match = token.exec(json)) {
    const text = match[0];
    if (text === '{') open.push(new Set());
    else if (text === '[') open.push(null);
    else if (text === '}' || text === ']') open.pop();
    else if (/^\s*:/.test(json.slice(token.lastIndex, token.lastIndex + 16))) {
      const keys = open.at(-1);
      const key = JSON.parse(text) as string;
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}
