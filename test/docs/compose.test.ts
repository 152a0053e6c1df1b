/** @file The compose file of the guide: what it says of a queue and its workers, read as the subset of YAML that it is written in. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { worker } from '../../src/cli/commands/worker.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { parseOptions } from '../../src/terminal/parse.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

type Value = string | Value[] | { [key: string]: Value };

/** Maps, lists of words, words and quoted words, by two spaces a level. @throws Error for a line of any other kind */
function parseYaml(text: string): Value {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  let at = 0;
  const word = (found: string): string => (found.startsWith('"') ? JSON.parse(found) : found);
  const read = (indent: number): Value => {
    const isList = lines[at]?.trim().startsWith('- ');
    const list: Value[] = [];
    const map: { [key: string]: Value } = {};
    while (at < lines.length) {
      const line = lines[at]!;
      const [, spaces, rest] = /^( *)(\S.*)$/.exec(line)!;
      if (spaces!.length < indent) break;
      assert.equal(spaces!.length, indent, line);
      assert.doesNotMatch(line, /\t| $/, line);
      at++;
      if (isList) {
        list.push(word(/^- ("(?:[^"\\]|\\.)*"|[^"\s#]\S*)$/.exec(rest!)![1]!));
        continue;
      }
      const [, key, value] = /^([\w-]+):(?: ("(?:[^"\\]|\\.)*"|[^"\s#]+))?$/.exec(rest!) ?? assert.fail(line);
      assert.ok(!(key! in map), `${key} twice`);
      const next = /^ */.exec(lines[at] ?? '')![0].length;
      map[key!] = value !== undefined ? word(value) : next > indent ? read(indent + 2) : '';
    }
    return isList ? list : map;
  };
  const value = read(0);
  assert.equal(at, lines.length);
  return value;
}

test('the compose file is sound YAML, keeps the queue, and its worker is a command that strelu takes', async () => {
  const file = parseYaml(await readFile(new URL('../docs/compose.yaml', SOURCE_FOLDER), 'utf8')) as {
    services: Record<
      string,
      { image: string; command: string[]; volumes: string[]; environment: Record<string, string> }
    >;
    volumes: Record<string, unknown>;
  };
  assert.deepEqual(Object.keys(file.services), ['redis', 'worker']);
  const { redis, worker: work } = file.services;
  assert.match(
    redis!.command.join(' '),
    /^redis-server --appendonly yes --maxmemory-policy noeviction --requirepass \$\{PASSWORD/,
  );
  assert.deepEqual(Object.keys(file.volumes), [redis!.volumes[0]!.split(':')[0]]);
  const words = work!.command.slice(work!.command.indexOf('strelu') + 1);
  assert.equal(words[0], 'worker');
  parseOptions(words.slice(1), { ...COMMON_OPTIONS, ...worker.options });
  assert.match(work!.environment.STRELU_QUEUE!, /^redis:\/\/:\$\{PASSWORD\}@\$\{HOST:-redis\}:6379$/);
  assert.ok(work!.volumes.some((volume) => volume.endsWith(':/shared')));
  for (const { image } of Object.values(file.services)) assert.match(image, /^[\w./-]+:[\w.-]+$/);
});
