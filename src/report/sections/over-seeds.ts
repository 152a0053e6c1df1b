/** @file A comparison over seeds: what each contender came to on average, and what every seed says of the claims. */
import { htmlTable, listing, type Section } from '../html-page.ts';
import type { OverSeeds } from '../seeds/over-seeds.ts';
import { overSeedsAbout, overSeedsClaims, overSeedsTable } from '../seeds/over-seeds-table.ts';

export function overSeedsSection(over: OverSeeds): Section {
  const { columns, rows } = overSeedsTable(over);
  const claims = overSeedsClaims(over).map(({ title, findings }) => listing(title, findings));
  return {
    title: `Comparison over seeds: ${over.dataset}, ${over.model}, ${over.seeds.length} seeds`,
    content: [...claims, htmlTable(overSeedsAbout(over), columns, rows)],
  };
}
