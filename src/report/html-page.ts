/**
 * @file One HTML file with everything in it: no script, no font, no link to elsewhere; light and dark.
 */
import { COLOURS, TEXT_STYLE } from './svg/colours.ts';
import { element, escapeText } from './svg/element.ts';
import { type Figure, inlineSvg } from './svg/figure.ts';
import type { Column } from './table.ts';

export interface Section {
  readonly title: string;
  /** Figures, and what `paragraph`, `listing`, `htmlTable` and `foldable` made. */
  readonly content: readonly (Figure | string)[];
}

const STYLE = `
${COLOURS}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0.5rem 0 0.25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 0.5rem; border-top: 1px solid var(--rule); padding-top: 1rem; overflow-wrap: anywhere; }
p { max-width: 46rem; margin: 0.4rem 0 0.9rem; overflow-wrap: anywhere; }
a { color: var(--s0); }
.lead { color: var(--soft); }
.skip { position: absolute; left: -100vw; background: var(--paper); padding: 0.3rem 0.6rem; }
.skip:focus { left: 0.5rem; top: 0.5rem; }
nav li { max-width: none; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin: 0.6rem 0 0; padding: 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1.75rem 1.5rem; margin: 0.5rem 0 1.5rem; }
figure { margin: 0; min-width: 0; }
h3 { font-size: 1rem; margin: 1rem 0 0.2rem; }
ul { margin: 0.2rem 0 0.9rem; padding-left: 1.2rem; }
li { max-width: 60rem; overflow-wrap: anywhere; }
summary { cursor: pointer; margin: 0.5rem 0; }
figure h3 { font-size: 1rem; margin: 0 0 0.4rem; }
figcaption { color: var(--soft); font-size: 0.9rem; max-width: 40rem; }
svg { display: block; width: 100%; height: auto; }
${TEXT_STYLE}
.scroll { overflow-x: auto; margin: 0.3rem 0 1rem; }
:focus-visible { outline: 2px solid var(--s0); outline-offset: 3px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.caption { color: var(--soft); font-size: 0.9rem; margin: 0.5rem 0 0; }
.scroll { box-shadow: inset -0.6rem 0 0.5rem -0.6rem var(--rule); }
th, td { padding: 0.25rem 0.9rem 0.25rem 0; border-bottom: 1px solid var(--rule); text-align: left; white-space: nowrap; }
td.words { white-space: normal; min-width: 16rem; }
th.right, td.right { text-align: right; }
@media print { figure, tr { break-inside: avoid; } nav { display: none; } }
`;

/** @param lead what this page is about, in a sentence or two */
export function htmlPage(title: string, lead: string, sections: readonly Section[]): string {
  const links = sections.map(
    ({ title: name }, i) => `<li><a href="#section-${i + 1}">${escapeText(name)}</a></li>`,
  );
  const body = sections.map(
    ({ title: name, content }, i) =>
      `<section id="section-${i + 1}" aria-labelledby="section-${i + 1}-title">\n` +
      `<h2 id="section-${i + 1}-title">${escapeText(name)}</h2>\n${grouped(content).join('\n')}\n</section>`,
  );
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    `<title>${escapeText(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#content">To the content</a>',
    `<header>\n<h1>${escapeText(title)}</h1>\n<p class="lead">${escapeText(lead)}</p>`,
    `<nav aria-label="Sections"><ul>${links.join('')}</ul></nav>\n</header>`,
    '<main id="content">',
    ...body,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

export function paragraph(text: string): string {
  return `<p>${escapeText(text)}</p>`;
}

/** A heading with sentences below it. */
export function listing(title: string, sentences: readonly string[]): string {
  const items = sentences.map((sentence) => `<li>${escapeText(sentence)}</li>`);
  return `<h3>${escapeText(title)}</h3>\n<ul>${items.join('')}</ul>`;
}

/** What only some readers want to see: shut until asked for, by pointer or key. */
export function foldable(title: string, content: readonly string[]): string {
  return `<details><summary>${escapeText(title)}</summary>\n${content.join('\n')}\n</details>`;
}

/** A figure shrinks with the window, text and all; nothing of it is ever cut off. */
function htmlFigure(figure: Figure): string {
  return [
    `<figure id="${escapeText(figure.id)}" aria-labelledby="${escapeText(figure.id)}-heading">`,
    `<h3 id="${escapeText(figure.id)}-heading">${escapeText(figure.title)}</h3>`,
    `${inlineSvg(figure)}<figcaption>${escapeText(figure.caption)}</figcaption></figure>`,
  ].join('');
}

/** A cell with more letters than this may break into lines. */
const WORDS = 48;

export function htmlTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const cell = (name: 'th' | 'td', text: string, c: number): string => {
    const side = columns[c]?.align === 'right' ? 'right' : text.length > WORDS ? 'words' : undefined;
    return element(name, { class: side, scope: name === 'th' ? 'col' : undefined }, escapeText(text));
  };
  const head = columns.map((column, c) => cell('th', column.title, c)).join('');
  const lines = rows.map((row) => `<tr>${row.map((text, c) => cell('td', text, c)).join('')}</tr>`);
  return [
    `<p class="caption" aria-hidden="true">${escapeText(caption)}</p>`,
    `<div class="scroll" tabindex="0" role="region" aria-label="${escapeText(caption)}">`,
    `<table aria-label="${escapeText(caption)}"><thead><tr>${head}</tr></thead>`,
    `<tbody>${lines.join('')}</tbody></table></div>`,
  ].join('');
}

/** Figures that follow each other stand side by side where there is room. */
function grouped(content: Section['content']): string[] {
  const out: string[] = [];
  let open: string[] = [];
  const close = (): void => {
    if (open.length > 0) out.push(`<div class="figures">${open.join('\n')}</div>`);
    open = [];
  };
  for (const part of content) {
    if (typeof part === 'string') {
      close();
      out.push(part);
    } else open.push(htmlFigure(part));
  }
  close();
  return out;
}
