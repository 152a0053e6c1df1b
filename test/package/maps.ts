/**
 * @file Where the maps of an installed package lead: every source that one names is there, a stack trace shows the source's lines, and
 * a declaration's map ends at the name that it declares.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join } from 'node:path';
import type { Check, Installed } from './install.ts';
import { run } from './shell.ts';

interface Mapped {
  readonly originalSource: string;
  readonly originalLine: number;
  readonly originalColumn: number;
}

/** A mistake of ours and one of the caller's, each deep inside, and where a reader looks for them. */
const FAILS = `import { createRuntime, simulate } from 'strelu';
import { loadModel } from 'strelu/node';
for (const attempt of [() => createRuntime({ workers: 0 }), () => simulate({ layers: [] }, new Float32Array(1), { steps: 1 }), () => loadModel('none')])
  try { await attempt(); } catch (error) { console.log(error.stack + '\\n'); }
`;

export async function maps({ project }: Installed, check: Check): Promise<void> {
  const home = join(project, 'node_modules', 'strelu');
  const below = (folder: string): string[] =>
    readdirSync(join(home, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(home, folder, file),
    );

  await check('every source of a map is in the package', async () => {
    const named = [...below('dist/lib'), ...below('dist/types')]
      .filter((path) => path.endsWith('.map'))
      .flatMap((path) => sourcesOf(path));
    const sources = new Set(named);
    const there = below('src').filter((path) => path.endsWith('.ts'));
    for (const path of sources) assert.ok(there.includes(path), `${path} is not there`);
    return `${sources.size} sources`;
  });

  await check('a stack trace shows lines of the sources', async () => {
    writeFileSync(join(project, 'fails.mjs'), FAILS);
    const { stdout } = await run(process.execPath, ['--enable-source-maps', 'fails.mjs'], { cwd: project });
    const frames = [
      ...stdout.matchAll(/at (?:async )?(?:.* \()?(?:file:\/\/)?([^\s()]*strelu\/[^\s()]*):(\d+):\d+\)?$/gm),
    ];
    assert.ok(frames.length >= 4, stdout);
    for (const [frame, path, line] of frames) {
      assert.match(path!, /\/strelu\/src\/.*\.ts$/, frame);
      const text = readFileSync(path!, 'utf8').split('\n')[Number(line) - 1];
      assert.match(text ?? '', /\w/, `${frame}: ${text}`);
    }
    const lines = frames.map(([, path, line]) => readFileSync(path!, 'utf8').split('\n')[Number(line) - 1]!);
    assert.ok(
      lines.some((text) => text.includes('throw new UsageError(`workers:')),
      lines.join('\n'),
    );
    return `${frames.length} frames`;
  });

  await check('"go to definition" ends at the name in the source', async () => {
    let checked = 0;
    for (const path of below('dist/types').filter((file) => file.endsWith('.d.ts'))) {
      const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
      for (const [i, text] of readFileSync(path, 'utf8').split('\n').entries()) {
        const found =
          /^export (?:declare )?(?:abstract )?(?:const|function|class|interface|type) ([\w$]+)/.exec(text);
        if (!found) continue;
        const column = text.indexOf(found[1]!, found[0].length - found[1]!.length);
        const { originalSource, originalLine, originalColumn } = map.findEntry(i, column) as Mapped;
        const source = readFileSync(join(dirname(path), originalSource), 'utf8').split('\n')[originalLine]!;
        assert.ok(source.slice(originalColumn).startsWith(found[1]!), `${path}: ${found[1]}: ${source}`);
        checked++;
      }
    }
    assert.ok(checked > 400, String(checked));
    return `${checked} names`;
  });
}

const sourcesOf = (map: string): string[] =>
  (JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] }).sources.map((source) =>
    join(dirname(map), source),
  );
