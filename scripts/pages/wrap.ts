/** @file Prose of Markdown pages in lines of at most 130 columns, so that a plain terminal shows them as they are. */

export const COLUMNS = 130;

/** What is never broken within: code, formulas, links and pictures, tags. */
const WHOLE =
  /\[`[^`]+`\]\([^)]*\)|`[^`]+`|\$[^$\s](?:[^$]*[^$\s])?\$(?!\d)|!?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?|<[^>]+>/g;
/** A line that begins so would be something else than prose. */
const SPECIAL = /^(?:[-+*#>|=<]|\d+[.)]|\[[^\]]+\]:)/;
/** Lines that stay: indented code, tables, headings, tags, where links lead. */
const KEPT = /^(?: {4}|\s*(?:\||#|<|\[[^\]]+\]: ))/;
const FENCE = /^\s*(?:```|\$\$)/;

/** The page with every line of prose that is too long broken between words; what is short stays as it is. */
export function wrapped(page: string): string {
  let within = false;
  return page
    .split('\n')
    .flatMap((line) => {
      if (FENCE.test(line)) within = !within;
      return within || line.length <= COLUMNS || KEPT.test(line) || FENCE.test(line)
        ? [line]
        : brokenUp(line);
    })
    .join('\n');
}

/** A long line as several, those after the first indented as the text of its list item or quotation is. */
function brokenUp(line: string): string[] {
  const [mark] = line.match(/^\s*(?:(?:[-*+]|\d+\.) |(?:> )+)?/)!;
  const indent = mark.includes('>') ? mark : ' '.repeat(mark.length);
  const lines: string[] = [];
  let now = mark;
  for (const word of wordsOf(line.slice(mark.length))) {
    const fits = now.length + 1 + word.length <= COLUMNS;
    const empty = now === mark || now === indent;
    if (empty) now += word;
    else if (fits) now += ` ${word}`;
    else {
      lines.push(now);
      now = indent + word;
    }
  }
  return [...lines, now];
}

/** The words of a text, with what is never broken as part of one, and with what may not begin a line beside the word before it. */
function wordsOf(text: string): string[] {
  const blank = '\u0000';
  const joined = text.replace(WHOLE, (part) =>
    part.length < COLUMNS - 10 ? part.replaceAll(' ', blank) : part,
  );
  const words: string[] = [];
  for (const word of joined.split(' ').map((one) => one.replaceAll(blank, ' '))) {
    const before = words.at(-1);
    if (before !== undefined && SPECIAL.test(word)) words[words.length - 1] = `${before} ${word}`;
    else words.push(word);
  }
  return words;
}
