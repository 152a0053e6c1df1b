/**
 * @file One HTML file with everything in it: no script, no font, no link to elsewhere; light and dark.
 */
import { element, escapeText } from './svg/element.ts';
import type { Column } from './table.ts';

export interface Section {
  readonly title: string;
  /** Made by `paragraph`, `figure` and `htmlTable`. */
  readonly content: readonly string[];
}

const STYLE = `
:root { color-scheme: light dark; --paper: #fcfcfa; --ink: #1d2127; --soft: #5b636e; --rule: #dcdfe4; --lane: #f0f2f5;
  --s0: #1f6fc0; --s1: #c04f10; --s2: #1f8556; --s3: #7b46b8; }
@media (prefers-color-scheme: dark) { :root { --paper: #15181d; --ink: #e8eaee; --soft: #a3acb8; --rule: #343b45;
  --lane: #1f242b; --s0: #6fb4ff; --s1: #ff9d5c; --s2: #5fd09a; --s3: #c5a3ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0.5rem 0 0.25rem; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 0.5rem; border-top: 1px solid var(--rule); padding-top: 1rem; }
p { max-width: 44rem; margin: 0.4rem 0 0.9rem; }
.lead { color: var(--soft); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1.5rem; }
figure { margin: 0; min-width: 0; }
figcaption { color: var(--soft); font-size: 0.9rem; max-width: 40rem; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
svg .small text { font-size: 9px; }
.grid { stroke: var(--rule); stroke-width: 1; } .axis { stroke: var(--soft); stroke-width: 1; }
.line { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round; }
.fill, .bar { fill: var(--c); } .lane { fill: var(--lane); } .ink { fill: var(--ink); }
.s0 { --c: var(--s0); } .s1 { --c: var(--s1); } .s2 { --c: var(--s2); } .s3 { --c: var(--s3); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 0.5rem 0 1rem; }
caption { text-align: left; color: var(--soft); font-size: 0.9rem; padding-bottom: 0.3rem; }
th, td { padding: 0.25rem 0.9rem 0.25rem 0; border-bottom: 1px solid var(--rule); text-align: left; white-space: nowrap; }
th.right, td.right { text-align: right; }
`;

/** @param lead what this page is about, in a sentence or two */
export function htmlPage(title: string, lead: string, sections: readonly Section[]): string {
  const body = sections.map(
    ({ title: name, content }) =>
      `<section>\n<h2>${escapeText(name)}</h2>\n${grouped(content).join('\n')}\n</section>`,
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
    `<main>\n<h1>${escapeText(title)}</h1>\n<p class="lead">${escapeText(lead)}</p>`,
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

/** @param svg a picture made by the chart functions */
export function figure(svg: string, caption: string): string {
  return `<figure>${svg}<figcaption>${escapeText(caption)}</figcaption></figure>`;
}

export function htmlTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const cell = (name: 'th' | 'td', text: string, c: number): string => {
    const side = columns[c]?.align === 'right' ? 'right' : undefined;
    return element(name, { class: side, scope: name === 'th' ? 'col' : undefined }, escapeText(text));
  };
  const head = columns.map((column, c) => cell('th', column.title, c)).join('');
  const lines = rows.map((row) => `<tr>${row.map((text, c) => cell('td', text, c)).join('')}</tr>`);
  return [
    `<div class="scroll" tabindex="0" role="region" aria-label="${escapeText(caption)}">`,
    `<table><caption>${escapeText(caption)}</caption><thead><tr>${head}</tr></thead>`,
    `<tbody>${lines.join('')}</tbody></table></div>`,
  ].join('');
}

/** Figures that follow each other stand side by side where there is room. */
function grouped(content: readonly string[]): string[] {
  const out: string[] = [];
  let open: string[] = [];
  const close = (): void => {
    if (open.length > 0) out.push(`<div class="figures">${open.join('\n')}</div>`);
    open = [];
  };
  for (const part of content) {
    if (part.startsWith('<figure>')) open.push(part);
    else {
      close();
      out.push(part);
    }
  }
  close();
  return out;
}
