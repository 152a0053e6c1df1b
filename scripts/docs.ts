/**
 * @file `npm run docs`: the guide, the proofs and the API reference as a static site in dist/docs. TypeDoc comes from docs/, with a
 * TypeScript of its own; it is installed there when it is missing or not what docs/package-lock.json says.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toolOptions } from '../src/terminal/tool-options.ts';
import { arrange, type Makers, type Project, sections } from './docs/arrange.ts';
import { deadLinks } from './docs/dead-links.ts';
import { formulas, type Katex, type MarkdownParser } from './docs/formulas.ts';
import { guidePages, ROOT } from './docs/guide-pages.ts';
import { type CoreParser, dropSources, sourceLinks } from './docs/source-links.ts';

toolOptions({
  name: 'docs',
  says: [
    'The guide, the proofs and the API reference as a static site in dist/docs. Status 1 at a warning or a dead link.',
  ],
});
const DOCS = join(ROOT, 'docs');
const OUT = join(ROOT, 'dist', 'docs');

/** What of TypeDoc is used here. */
interface Application {
  readonly logger: { hasErrors(): boolean; hasWarnings(): boolean };
  readonly converter: { on(event: 'resolveBegin', listener: (context: { project: Project }) => void): void };
  convert(): Promise<Project | undefined>;
  validate(project: Project): void;
  generateOutputs(project: Project): Promise<void>;
}

interface TypeDoc {
  readonly Application: { bootstrap(options: object): Promise<Application> };
  readonly Comment: new (...words: Parameters<Makers['comment']>) => ReturnType<Makers['comment']>;
  readonly CommentTag: new (...words: Parameters<Makers['tag']>) => ReturnType<Makers['tag']>;
  readonly OptionDefaults: { readonly blockTags: readonly string[] };
}

function install(): void {
  const installed = join(DOCS, 'node_modules', '.package-lock.json');
  const versions = (file: string): string => {
    const { packages } = JSON.parse(readFileSync(file, 'utf8')) as {
      packages: Record<string, { version?: string }>;
    };
    return Object.entries(packages)
      .filter(([name]) => name !== '')
      .map(([name, { version }]) => `${name}@${version}`)
      .join();
  };
  if (existsSync(installed) && versions(installed) === versions(join(DOCS, 'package-lock.json'))) return;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: DOCS, stdio: 'inherit' });
}

/** A package of docs/, as a module. */
async function load<T>(name: string): Promise<T> {
  const path = createRequire(join(DOCS, 'package.json')).resolve(name);
  return (await import(pathToFileURL(path).href)) as T;
}

async function build(): Promise<void> {
  const { Application, Comment, CommentTag, OptionDefaults } = await load<TypeDoc>('typedoc');
  const { default: katex } = await load<{ default: Katex }>('katex');
  const app = await Application.bootstrap({
    ...JSON.parse(readFileSync(join(DOCS, 'typedoc.json'), 'utf8')),
    tsconfig: join(DOCS, 'tsconfig.json'),
    entryPoints: [join(ROOT, 'src', 'index.ts'), join(ROOT, 'src', 'node.ts')],
    basePath: ROOT,
    readme: join(DOCS, 'guide', 'index.md'),
    projectDocuments: [...guidePages().map(({ file }) => file), join(ROOT, 'THEORY.md')],
    customCss: join(DOCS, 'style.css'),
    out: OUT,
    categoryOrder: [...new Set(sections().values()), '*'],
    blockTags: [...OptionDefaults.blockTags, '@file'],
    markdownItLoader: (parser: MarkdownParser & CoreParser) => {
      formulas(parser, katex);
      sourceLinks(parser);
    },
  });
  const make: Makers = {
    comment: (content) => new Comment(content),
    tag: (name, content) => new CommentTag(name, content) as object,
  };
  app.converter.on('resolveBegin', ({ project }) => arrange(project, make));
  const project = await app.convert();
  if (!project) throw new Error('docs: the sources could not be read; see above');
  app.validate(project);
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings())
    throw new Error('docs: expected no warning; mend the comments or pages named above');
  dropSources(OUT);
  const katexFiles = join(DOCS, 'node_modules', 'katex', 'dist');
  cpSync(join(katexFiles, 'katex.min.css'), join(OUT, 'assets', 'katex.min.css'));
  cpSync(join(katexFiles, 'fonts'), join(OUT, 'assets', 'fonts'), {
    recursive: true,
    filter: (file) => !/\.(ttf|woff)$/.test(file),
  });
  const dead = deadLinks(OUT);
  if (dead.length > 0) throw new Error(`docs: ${dead.length} links lead nowhere:\n  ${dead.join('\n  ')}`);
}

install();
await build();
