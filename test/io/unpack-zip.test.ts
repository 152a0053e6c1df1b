import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bytesDigest } from '../../src/io/digest.ts';
import type { ManifestFile } from '../../src/io/manifest.ts';
import { unpackZip } from '../../src/io/unpack-zip.ts';
import { packZip } from '../data/pack-zip.ts';
import { inFolder } from '../support/in-folder.ts';

const A = Uint8Array.from({ length: 3000 }, (_, i) => i % 7);
const B = Uint8Array.of(1, 2, 3);

test('the files that are wanted come out of a ZIP archive, checked; no other member does', () =>
  inFolder(async (path) => {
    const root = path('data');
    await mkdir(join(root, 'set'), { recursive: true });
    const archive = join(root, 'set', 'all.zip');
    const members = [
      { name: 'gzip/a.gz', bytes: A },
      { name: 'gzip/b.gz', bytes: B },
      { name: '../../evil', bytes: B },
    ];
    await writeFile(archive, packZip(members));
    const file = (name: string, stated: Partial<ManifestFile> = {}): ManifestFile => ({
      path: `set/gzip/${name}`,
      bytes: null,
      digest: null,
      ...stated,
    });
    const told: string[] = [];
    const digest = { name: 'sha256', hex: bytesDigest(A, 'sha256') } as const;
    await unpackZip(archive, root, [file('a.gz', { bytes: 3000, digest })], (one) => told.push(one.path));
    assert.deepEqual(told, ['set/gzip/a.gz']);
    assert.deepEqual(await readdir(join(root, 'set', 'gzip')), ['a.gz']);
    assert.deepEqual(new Uint8Array(await readFile(join(root, 'set/gzip/a.gz'))), A);
    const refused = (wanted: ManifestFile, message: RegExp): Promise<void> =>
      assert.rejects(
        unpackZip(archive, root, [wanted], () => {}),
        message,
      );
    await refused(file('c.gz'), /^InputError: .*all\.zip: has no member gzip\/c\.gz of the right size/);
    await refused(file('b.gz', { bytes: 4 }), /has no member gzip\/b\.gz of the right size/);
    await refused(file('b.gz', { digest }), /sha256 of its member gzip\/b\.gz is wrong/);
    const bytes = packZip(members);
    bytes[60]! ^= 1;
    await writeFile(archive, bytes);
    await refused(file('a.gz'), /^InputError: .*all\.zip: gzip\/a\.gz is damaged/);
  }));
