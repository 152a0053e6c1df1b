/** @file `npm run architecture`: draws docs/architecture.svg from the imports of src/. */
import { writeFileSync } from 'node:fs';
import { roomFacts } from './facts.ts';
import { pictureOf } from './picture.ts';

const facts = await roomFacts(new URL('../../src/', import.meta.url));
writeFileSync(new URL('../../docs/architecture.svg', import.meta.url), pictureOf(facts));
