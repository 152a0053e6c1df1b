/** @file Formulas in Markdown: $...$ in a line, and blocks between lines of $$. */

export interface Katex {
  renderToString(formula: string, options: object): string;
}

/** What of markdown-it is used here. */
export interface MarkdownParser {
  readonly inline: { readonly ruler: { after(name: string, own: string, rule: InlineRule): void } };
  readonly block: {
    readonly ruler: { before(name: string, own: string, rule: BlockRule, options: object): void };
  };
  readonly renderer: { readonly rules: Record<string, (tokens: readonly Token[], index: number) => string> };
}

interface Token {
  content: string;
}

interface InlineState {
  readonly src: string;
  pos: number;
  push(type: string, tag: string, nesting: number): Token;
}

interface BlockState {
  line: number;
  getLines(begin: number, end: number, indent: number, keepLast: boolean): string;
  push(type: string, tag: string, nesting: number): Token;
}

type InlineRule = (state: InlineState, silent: boolean) => boolean;
type BlockRule = (state: BlockState, begin: number, end: number, silent: boolean) => boolean;

/** A dollar that is followed by no blank, up to one that follows no blank and stands before no digit (prices). */
const INLINE = /\$(?![\s$])((?:\\.|[^$\\\n])+?)(?<!\s)\$(?!\d)/y;

const inline: InlineRule = (state, silent) => {
  INLINE.lastIndex = state.pos;
  const found = INLINE.exec(state.src);
  if (!found) return false;
  if (!silent) state.push('formula', 'span', 0).content = found[1]!;
  state.pos += found[0].length;
  return true;
};

const block: BlockRule = (state, begin, end, silent) => {
  const line = (i: number): string => state.getLines(i, i + 1, 0, false).trim();
  if (line(begin) !== '$$') return false;
  let last = begin + 1;
  while (last < end && line(last) !== '$$') last++;
  if (last === end) return false;
  if (silent) return true;
  state.push('formulaBlock', 'div', 0).content = state.getLines(begin + 1, last, 0, false);
  state.line = last + 1;
  return true;
};

/** Teaches a parser formulas; one that KaTeX does not understand is an error that shows it. */
export function formulas(parser: MarkdownParser, katex: Katex): void {
  const set =
    (displayMode: boolean) =>
    (tokens: readonly Token[], index: number): string =>
      katex.renderToString(tokens[index]!.content, { displayMode, throwOnError: true, strict: 'error' });
  parser.inline.ruler.after('escape', 'formula', inline);
  parser.block.ruler.before('fence', 'formulaBlock', block, { alt: ['paragraph'] });
  parser.renderer.rules.formula = set(false);
  parser.renderer.rules.formulaBlock = set(true);
}
