/** @file `npm run architecture`: draws docs/architecture.svg from the imports of src/. */
import { writeFileSync } from 'node:fs';
import { toolOptions } from '../../src/terminal/tool-options.ts';
import { roomFacts } from './facts.ts';
import { pictureOf } from './picture.ts';

toolOptions({ name: 'architecture', says: ['Draws docs/architecture.svg from the imports of src/.'] });
const facts = await roomFacts(new URL('../../src/', import.meta.url));
writeFileSync(new URL('../../docs/architecture.svg', import.meta.url), pictureOf(facts));
