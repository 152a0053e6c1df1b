/** @file The page of the reference's examples makes every name that they take for granted. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { exampleScope } from '../example-scope.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { programOf } from './blocks.ts';

test('every name that an example may take for granted is made on its page', () => {
  const program = programOf(readFileSync(new URL('../docs/guide/examples.md', SOURCE_FOLDER), 'utf8'));
  const made = [...program.matchAll(/^const (?:(\w+)|\{([^}]*)\}) =/gm)].flatMap(([, one, several]) =>
    (one ?? several!).split(',').map((name) => name.trim()),
  );
  const { own, close } = exampleScope();
  close();
  assert.deepEqual(made.sort(), Object.keys(own).sort());
});
