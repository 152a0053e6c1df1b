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

/** What the compose specification calls the fields that are used here, and what it takes in them. */
const RULES: Readonly<Record<string, (value: Value, file: ComposeFile) => boolean>> = {
  image: (value) => /^[\w./-]+:[\w.-]+$/.test(String(value)),
  command: (value) => Array.isArray(value) && value.length > 0,
  // HOST:CONTAINER
  ports: (value) => words(value).every((port) => /^\d{1,5}:\d{1,5}$/.test(port)),
  // a declared name, or a folder, at an absolute place within
  volumes: (value, { volumes }) =>
    words(value).every((volume) => {
      const [, from, to] = /^(\$\{[^}]*\}|[^:]+):([^:]+)$/.exec(volume) ?? [];
      return from !== undefined && to!.startsWith('/') && (/^[./$]/.test(from) || from in volumes);
    }),
  environment: (value) =>
    !Array.isArray(value) &&
    Object.entries(value).every(([name, one]) => /^[A-Z_]+$/.test(name) && typeof one === 'string'),
  depends_on: (value, { services }) => words(value).every((name) => name in services),
  restart: (value) => ['no', 'always', 'on-failure', 'unless-stopped'].includes(String(value)),
  stop_grace_period: (value) => /^\d+(ms|s|m|h)$/.test(String(value)),
};

interface ComposeFile {
  readonly services: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  readonly volumes: Readonly<Record<string, Value>>;
}

const words = (value: Value): string[] => (Array.isArray(value) ? value.map(String) : ['']);

test('every field of the compose file is one of the specification, with what it takes there; every variable is written as it reads them', async () => {
  const text = await readFile(new URL('../docs/compose.yaml', SOURCE_FOLDER), 'utf8');
  const file = parseYaml(text) as unknown as ComposeFile;
  assert.deepEqual(Object.keys(file), ['services', 'volumes']);
  for (const [name, service] of Object.entries(file.services))
    for (const [field, value] of Object.entries(service)) {
      assert.ok(field in RULES, `${name}: ${field}`);
      assert.ok(RULES[field]!(value, file), `${name}: ${field}: ${JSON.stringify(value)}`);
    }
  const variables = [...text.matchAll(/\$\{?[^}"\s]*[^"\n]*?\}/g)].map(([one]) => one);
  assert.ok(variables.length >= 4);
  for (const one of variables) assert.match(one, /^\$\{[A-Z_]+((:-|:\?)[\w ./-]+)?\}$/);
});

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
