import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parseManifest } from '../../src/io/manifest.ts';
import { parsePretrained } from '../../src/io/pretrained.ts';
import { refusesEach } from '../support/refuses-unknown.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

const dataFile = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../datasets/${name}`, SOURCE_FOLDER), 'utf8'));

test('the manifest and the index of the pretrained networks have no field that is not known', async () => {
  refusesEach(await dataFile('manifest.json'), (value) => parseManifest(value, 'm.json'), 10);
  refusesEach(await dataFile('pretrained/index.json'), (value) => parsePretrained(value, 'i.json'), 5);
});
