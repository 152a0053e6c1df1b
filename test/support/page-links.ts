/** @file The links of Markdown pages, and those of them that lead nowhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** What a page links to: files beside it, from the same root; links to elsewhere and into itself are left out. Programs are no text. */
export function linksOf(root: string, page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)]
    .map((found) => (found[1] ?? found[2]!).split('#')[0]!)
    .filter((link) => link !== '' && !/^[a-z]+:/i.test(link))
    .map((link) => normalize(join(dirname(page), link)).replaceAll('\\', '/'));
}

/** Every page below a folder, from it. */
export const pagesIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md') && !path.split('/').includes('node_modules'));

/** Links of the pages below a folder that lead to nothing in it: 'PAGE: LINK'. */
export const deadPageLinks = (root: string): string[] =>
  pagesIn(root).flatMap((page) =>
    linksOf(root, page)
      .filter((link) => !existsSync(join(root, link)))
      .map((link) => `${page}: ${link}`),
  );
