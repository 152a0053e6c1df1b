/** @file Links to source files, which are no pages of the site: their text stays, as code. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

interface Token {
  readonly type: string;
  hidden?: boolean;
  tag: string;
  attrs: [string, string][] | null;
  readonly children: Token[] | null;
  attrGet(name: string): string | null;
}

/** What of markdown-it is used here. */
export interface CoreParser {
  readonly core: { readonly ruler: { push(name: string, rule: (state: { tokens: Token[] }) => void): void } };
}

const SOURCE = /^(?!\w+:)[\w./-]+\.(?:ts|json|py)$/;

/** Links to copies of source files become <code>. */
export function sourceLinks(parser: CoreParser): void {
  parser.core.ruler.push('sourceLinks', ({ tokens }) => {
    for (const { children } of tokens) {
      let open = false;
      for (const token of children ?? []) {
        if (token.type === 'link_open') open = SOURCE.test(token.attrGet('href') ?? '');
        if (!open || !token.type.startsWith('link_')) continue;
        token.tag = 'code';
        token.attrs = null;
      }
    }
  });
}

/** Takes the copies away, and those of pages that are not in the site: a link to one is then found dead. */
export function dropSources(out: string): void {
  const media = join(out, 'media');
  for (const file of readdirSync(media)) if (/\.(?:ts|json|py|md)$/.test(file)) rmSync(join(media, file));
}
