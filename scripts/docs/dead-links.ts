/** @file The links inside a built site that lead nowhere: files that are not there, places that no element has. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const decoded = (text: string): string => decodeURIComponent(text.replaceAll('&amp;', '&'));

/** What a page links to, as written. */
function linksOf(html: string): string[] {
  return [...html.matchAll(/<(?:a|link|img|script)\b[^>]*?\b(?:href|src)="([^"]*)"/g)].map(([, to]) => to!);
}

/** The names of places in a page. */
function placesOf(html: string): Set<string> {
  return new Set([...html.matchAll(/\b(?:id|name)="([^"]+)"/g)].map(([, name]) => decoded(name!)));
}

/** @returns one line for each: the page, and the link as it stands there */
export function deadLinks(folder: string): string[] {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html'))
    .map((file) => resolve(folder, file));
  const html = new Map(pages.map((page) => [page, readFileSync(page, 'utf8')]));
  const places = new Map([...html].map(([page, text]) => [page, placesOf(text)]));
  const isDead = (page: string, link: string): boolean => {
    const [path = '', place] = link.split('#', 2);
    const file = path.split('?', 1)[0]!;
    let to = file === '' ? page : resolve(dirname(page), decoded(file));
    if (!existsSync(to)) return true;
    if (statSync(to).isDirectory()) to = join(to, 'index.html');
    if (!existsSync(to)) return true;
    const known = places.get(to);
    return Boolean(place) && known !== undefined && !known.has(decoded(place!));
  };
  return pages.flatMap((page) =>
    linksOf(html.get(page)!)
      .filter((link) => !/^(?:[a-z]+:|\/\/)/.test(link) && isDead(page, link))
      .map((link) => `${relative(folder, page)}: ${link}`),
  );
}
