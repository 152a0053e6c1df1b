/**
 * @file What the reference shows where: names in the sections of src/index.ts, the head of a file as the text of its module, pages of the
 * guide under the titles of their headings.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './guide-pages.ts';

/** A piece of text in a comment or page. */
interface Part {
  readonly kind: string;
  text: string;
}

/** TypeDoc's own comments and tags. */
type Comment = { readonly blockTags: unknown[] };

/** How such are made. */
export interface Makers {
  readonly comment: (content: Part[]) => Comment;
  readonly tag: (name: string, content: Part[]) => unknown;
}

interface Reflection {
  name: string;
  readonly children?: Reflection[];
  readonly signatures?: Reflection[];
  readonly content?: Part[];
  comment?: Comment;
}

/** What of TypeDoc's project is used here. */
export interface Project {
  readonly children?: Reflection[];
  readonly documents?: Reflection[];
}

/** Modules as they are imported, and their files. */
const MODULES: Record<string, readonly [name: string, file: string]> = {
  src: ['strelu', 'index.ts'],
  'src/node': ['strelu/node', 'node.ts'],
};

/** The section of each name on the public page: the comment before its export. */
export function sections(): Map<string, string> {
  const page = readFileSync(join(ROOT, 'src', 'index.ts'), 'utf8');
  const found = new Map<string, string>();
  let section = '';
  for (const [, comment, names] of page.matchAll(/^\/\/ (.+)$|\{([^}]*)\}/gm)) {
    if (comment !== undefined) section = comment;
    for (const name of names?.split(',') ?? []) {
      const word = name
        .trim()
        .replace(/^type /, '')
        .replace(/^.* as /, '');
      if (word !== '') found.set(word, section);
    }
  }
  return found;
}

/** The heading of a page becomes its name. */
function nameByHeading(document: Reflection): void {
  const first = document.content?.[0];
  const heading = first?.text.match(/^# (.+)\n/);
  if (!first || !heading) return;
  document.name = heading[1]!;
  first.text = first.text.slice(heading[0].length);
}

/** What every module's text ends with. */
const EXAMPLES =
  '\n\nExamples take some names for granted (`runtime`, `dataset`, `network`, `snn`, ...); the page *The examples of the API reference* makes them.';

/** The text after @file at the head of a module's file becomes the module's own. */
function describe(module: Reflection, make: Makers): void {
  const [name, file] = MODULES[module.name] ?? [];
  if (name === undefined || file === undefined) return;
  const head = readFileSync(join(ROOT, 'src', file), 'utf8').match(
    /^\/\*\*\n \* @file ([\s\S]*?)\n \*\//,
  )?.[1];
  module.name = name;
  module.comment = make.comment([
    { kind: 'text', text: `${head?.replaceAll('\n * ', '\n') ?? ''}${EXAMPLES}` },
  ]);
}

export function arrange(project: Project, make: Makers): void {
  for (const document of project.documents ?? []) nameByHeading(document);
  const section = sections();
  for (const module of project.children ?? []) {
    describe(module, make);
    for (const one of module.children ?? []) {
      const text = section.get(one.name);
      if (text === undefined) continue;
      for (const place of [one, ...(one.signatures ?? [])])
        place.comment?.blockTags.push(make.tag('@category', [{ kind: 'text', text }]));
    }
  }
}
