/**
 * @file Links to a line of a source: [`code`](path.ts#L7). The code between the backticks is what stands on that line, so that the
 * number can be written anew when the file changes.
 */
import { readFileSync } from 'node:fs';

/** The code, the path from the page, the number. */
const LINK = /\[`([^`]+)`\]\(([^)#\s]+)#L(\d+)\)/g;

/**
 * The page with the number of every such link as it is now.
 * @param page its text
 * @param url where it lies
 * @throws Error naming a line that is not in its file, or there twice
 */
export function withLines(page: string, url: URL): string {
  return page.replace(LINK, (_, code: string, path: string) => {
    const lines = readFileSync(new URL(path, url), 'utf8').split('\n');
    const found = lines.flatMap((line, i) => (line.includes(code) ? [i + 1] : []));
    if (found.length !== 1)
      throw new Error(
        `${url.pathname}: expected one line of ${path} with "${code}", found ${found.length}; quote it as it is now, or more of it`,
      );
    return `[\`${code}\`](${path}#L${found[0]})`;
  });
}

/** How many a page has. */
export const lineLinks = (page: string): number => [...page.matchAll(LINK)].length;
