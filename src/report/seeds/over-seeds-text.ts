/** @file A comparison over seeds in words, as text or as Markdown. */
import { bullet } from '../comparison-text.ts';
import { wrap } from '../format.ts';
import { markdownTable, textTable } from '../table.ts';
import type { OverSeeds } from './over-seeds.ts';
import { overSeedsAbout, overSeedsClaims, overSeedsTable } from './over-seeds-table.ts';

const WIDTH = 110;

/** @param shown the T that have a column; absent: all */
export function overSeedsText(over: OverSeeds, markdown = false, shown?: readonly number[]): string {
  const { columns, rows } = overSeedsTable(over, shown);
  const about = overSeedsAbout(over);
  const claims = overSeedsClaims(over);
  if (markdown)
    return [
      markdownTable(columns, rows),
      about,
      ...claims.map(
        ({ title, findings }) => `**${title}**\n\n${findings.map((one) => `- ${one}`).join('\n')}`,
      ),
    ].join('\n\n');
  return [
    textTable(columns, rows),
    wrap(about, WIDTH).join('\n'),
    ...claims.map(({ title, findings }) => [title, ...findings.map(bullet)].join('\n')),
  ].join('\n\n');
}
