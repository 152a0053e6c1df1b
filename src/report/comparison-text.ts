/**
 * @file A comparison in words: its tables and what they say of the claims, as text or as Markdown.
 */
import { claimsOf } from './claims.ts';
import type { Comparison } from './comparison.ts';
import { comparisonTables } from './comparison-tables.ts';
import { wrap } from './format.ts';
import { markdownTable, textTable } from './table.ts';

const WIDTH = 110;

export function comparisonText(comparison: Comparison, markdown = false): string {
  const tables = comparisonTables(comparison).map(({ title, columns, rows }) =>
    markdown ? `**${title}**\n\n${markdownTable(columns, rows)}` : `${title}\n\n${textTable(columns, rows)}`,
  );
  const claims = claimsOf(comparison).map(({ says, verdict, findings }) => {
    const lines = findings.map((finding) => (markdown ? `- ${finding}` : bullet(finding)));
    return markdown
      ? [`**"${says}": ${verdict}**`, '', ...lines].join('\n')
      : [`"${says}": ${verdict.toUpperCase()}`, ...lines].join('\n');
  });
  return [...tables, ...claims].join('\n\n');
}

/** A finding as a line of a list, wrapped. */
export const bullet = (finding: string): string =>
  wrap(finding, WIDTH - 2)
    .map((line, i) => (i === 0 ? '- ' : '  ') + line)
    .join('\n');
