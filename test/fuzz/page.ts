/** @file `npm run fuzz:page`: writes the figures of test/fuzz/long-run.json into docs/guide/limits.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { toolOptions } from '../../src/terminal/tool-options.ts';
import { type FuzzRecord, fuzzTable, withTable } from './record.ts';
import { TARGETS } from './targets.ts';

toolOptions({
  name: 'fuzz:page',
  says: ['Writes the figures of test/fuzz/long-run.json into docs/guide/limits.md.'],
});
const page = new URL('../../docs/guide/limits.md', import.meta.url);
const record = JSON.parse(readFileSync(new URL('./long-run.json', import.meta.url), 'utf8')) as FuzzRecord;
const says = new Map(TARGETS.map((one) => [one.name, one.says]));
writeFileSync(page, withTable(readFileSync(page, 'utf8'), fuzzTable(record, says)));
