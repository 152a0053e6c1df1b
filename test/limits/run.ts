/** @file `npm run limits`: writes the figures of the committed records into docs/guide/limits.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { filled } from './blocks.ts';

const page = new URL('../../docs/guide/limits.md', import.meta.url);
writeFileSync(page, filled(readFileSync(page, 'utf8')));
