/** @file Addresses of queues: what is taken from where, and that no message has a password in it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../../../../src/errors.ts';
import { queueAddress } from '../../../../src/lab/sweep/queue/address.ts';
import { loadPeers } from '../../../../src/lab/sweep/queue/open-queue.ts';

test('host, port, database, TLS, password', () => {
  assert.deepEqual(queueAddress('redis://here', undefined), {
    ...{ host: 'here', port: 6379, db: 0, tls: false, place: 'redis://here:6379' },
  });
  assert.deepEqual(queueAddress('rediss://me:a%20b@[::1]:7000/2', undefined), {
    ...{ host: '::1', port: 7000, db: 2, tls: true, username: 'me', password: 'a b' },
    place: 'rediss://[::1]:7000/2',
  });
});

test('the environment says the whole address, or the password of the same server', () => {
  assert.equal(queueAddress(null, 'redis://:secret@here').password, 'secret');
  assert.equal(queueAddress('redis://here', 'redis://:secret@here').password, 'secret');
  assert.equal(queueAddress('redis://here/3', 'redis://:secret@here').db, 3);
  assert.equal(queueAddress('redis://there', 'redis://:secret@here').password, undefined);
  assert.equal(queueAddress('redis://here:1', 'redis://:secret@here').password, undefined);
  assert.equal(queueAddress('redis://:own@here', 'redis://:secret@here').password, 'own');
});

test('what is no address is refused, and not repeated', () => {
  for (const wrong of [
    ...['http://u:secret@here', 'secret', 'redis://', 'redis://u:secret@here/x', 'redis://:secret%@here'],
    ...['redis://:secret@here?x=1', 'redis://:secret@here#x'],
  ])
    assert.throws(
      () => queueAddress(wrong, undefined),
      (error) =>
        error instanceof UsageError &&
        /^--queue: expected/.test(error.message) &&
        !/secret/.test(error.message),
      wrong,
    );
  assert.throws(() => queueAddress(null, undefined), /UsageError: --queue: expected .* none in STRELU_QUEUE/);
  assert.throws(
    () => queueAddress('redis://here', 'nothing:secret'),
    (error) =>
      error instanceof UsageError && /^STRELU_QUEUE: /.test(error.message) && !/secret/.test(error.message),
  );
});

test('without its packages the error says what to install', async () => {
  const missing = {
    bullmq: () => Promise.reject(new Error('x')),
    ioredis: () => Promise.reject(new Error('x')),
  };
  await assert.rejects(
    loadPeers('worker', missing),
    /InputError: a queue needs the packages bullmq and ioredis, .*npm i bullmq ioredis/,
  );
});

test('no message of an error has the password of an address in it', () => {
  const { message } = new UsageError('expected no name, found "redis://me:se:c/ret@here" and s3://a:b@c');
  assert.equal(message, 'expected no name, found "redis://me:se:c/ret@here" and s3://...@c');
  assert.equal(new UsageError('x "redis://me:secret@here/1"').message, 'x "redis://...@here/1"');
});
