/** @file `npm run limits`: writes the figures of the committed records into docs/guide/limits.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { toolOptions } from '../../src/terminal/tool-options.ts';
import { filled } from './blocks.ts';

toolOptions({
  name: 'limits',
  says: ['Writes the figures of the committed records into docs/guide/limits.md.'],
});
const page = new URL('../../docs/guide/limits.md', import.meta.url);
writeFileSync(page, filled(readFileSync(page, 'utf8')));
