/** @file Links to files that are no pages of the site (sources, other texts of the repository): their words stay. */
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

const SOURCE = /^(?!\w+:)[\w./-]+\.(?:ts|json|py|md)(?:#L\d+)?$/;

/** Links to copies of such files become <span>. */
export function sourceLinks(parser: CoreParser): void {
  parser.core.ruler.push('sourceLinks', ({ tokens }) => {
    for (const { children } of tokens) {
      let open = false;
      for (const token of children ?? []) {
        if (token.type === 'link_open') open = SOURCE.test(token.attrGet('href') ?? '');
        if (!open || !token.type.startsWith('link_')) continue;
        token.tag = 'span';
        token.attrs = null;
      }
    }
  });
}

/** Takes the copies away. */
export function dropSources(out: string): void {
  const media = join(out, 'media');
  for (const file of readdirSync(media)) if (SOURCE.test(file)) rmSync(join(media, file));
}
