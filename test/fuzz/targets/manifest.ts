import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { jsonOf } from '../../../src/io/files.ts';
import { parseManifest } from '../../../src/io/manifest.ts';
import { nearlyJson } from '../mutate/json.ts';
import { type FuzzTarget, target } from '../target.ts';

const file = { path: 'mnist/a.gz', bytes: 10, sha256: 'a'.repeat(64) };
const set = { name: 'x', title: 't', licence: 'l', citation: 'c', mirrors: ['https://host/x/'] };
const SAMPLE = {
  datasets: [
    { ...set, files: [file, { ...file, path: 'mnist/b.gz' }] },
    {
      ...set,
      archive: { path: 'c/c.tar.gz', bytes: 3, md5: 'b'.repeat(32) },
      files: [{ ...file, path: 'c/d' }],
    },
  ],
};

export const manifest: FuzzTarget = target({
  name: 'manifest',
  says: 'the manifest of the data sets: no path leaves their folder',
  inputs: nearlyJson(SAMPLE),
  read(text: string) {
    for (const { files, archive } of parseManifest(
      jsonOf(new TextEncoder().encode(text), 'm.json'),
      'm.json',
    ))
      for (const { path, bytes, digest } of archive ? [...files, archive] : files) {
        assert.ok(posix.resolve('/data', path).startsWith('/data/') && !/[\\\0:]/.test(path), path);
        assert.ok(archive || (bytes !== null && digest !== null), `${path}: nothing says what it must be`);
        assert.ok(bytes === null || bytes > 0);
        assert.ok(digest === null || digest.hex.length === (digest.name === 'md5' ? 32 : 64));
      }
  },
});
