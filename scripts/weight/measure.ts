/** @file How heavy the project is: lines and files of each room, and what each entry of the package makes a reader load. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { importsBelow } from '../../test/support/imports.ts';
import { bundleOptions, ENTRIES, loadedWith } from '../bundle.ts';
import { ROOT } from '../compile.ts';

export interface RoomWeight {
  readonly files: number;
  readonly lines: number;
}

export interface Weight {
  readonly rooms: Readonly<Record<string, RoomWeight>>;
  /** Kilobytes after gzip: an entry of dist/lib with all that it loads at once. */
  readonly entries: Readonly<Record<string, number>>;
}

export async function measureWeight(): Promise<Weight> {
  return { rooms: await weighRooms(), entries: await weighEntries() };
}

async function weighRooms(): Promise<Record<string, RoomWeight>> {
  const rooms: Record<string, RoomWeight> = {};
  for (const path of (await importsBelow(new URL('../../src/', import.meta.url))).keys()) {
    const room = path.split(/[/.]/)[0]!;
    const { files, lines } = rooms[room] ?? { files: 0, lines: 0 };
    const text = readFileSync(join(ROOT, 'src', path), 'utf8');
    rooms[room] = { files: files + 1, lines: lines + text.split('\n').length - 1 };
  }
  return rooms;
}

async function weighEntries(): Promise<Record<string, number>> {
  const { outputFiles, metafile } = await build({ ...bundleOptions, write: false });
  const text = new Map(outputFiles.map((file) => [file.path.slice(ROOT.length), file.contents]));
  const entries = Object.keys(ENTRIES).map((name) => {
    // what is imported when it is needed does not count
    const loaded = loadedWith(metafile, [`dist/lib/${name}.js`], (kind) => kind === 'import-statement');
    const bytes = loaded.reduce((sum, path) => sum + gzipSync(text.get(path)!, { level: 9 }).length, 0);
    return [name, Math.round(bytes / 100) / 10] as const;
  });
  return Object.fromEntries(entries);
}
