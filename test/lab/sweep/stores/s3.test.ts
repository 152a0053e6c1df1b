/**
 * @file A bucket as a store, against a server on the loopback that checks signatures itself: what is put is got, what passes by itself
 * is waited for, what does not is said with its remedy, and no message has a key in it.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InputError } from '../../../../src/errors.ts';
import { loadAws } from '../../../../src/lab/sweep/stores/load-aws.ts';
import { openStore } from '../../../../src/lab/sweep/stores/open-store.ts';
import { openS3Store, type S3Options } from '../../../../src/lab/sweep/stores/s3.ts';
import { s3Place } from '../../../../src/lab/sweep/stores/s3-place.ts';
import type { Store } from '../../../../src/lab/sweep/stores/store.ts';
import { type Fault, KEY, type S3Server, startS3Server } from '../../../support/s3-server.ts';
import { s3Variables, withVariables } from '../../../support/variables.ts';

const QUICK: S3Options = { backOff: { tries: 4, firstMs: 1 }, stallMs: 150 };

async function withServer(use: (server: S3Server) => Promise<void>): Promise<void> {
  const server = await startS3Server(['study']);
  try {
    await withVariables(s3Variables(server.url), () => use(server));
  } finally {
    await server.close();
  }
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('what is put is got; the last one stays; what is removed is gone; stores with other prefixes are apart', async () => {
  await withServer(async (server) => {
    const stores = [await openStore('s3://study'), await openStore('s3://study/of/me/')];
    assert.deepEqual(
      stores.map(({ place }) => place),
      ['s3://study', 's3://study/of/me'],
    );
    const model = new Map<string, Uint8Array>();
    const step = fc.record({
      at: fc.constantFrom(0, 1),
      name: fc.constantFrom('a', 'b/c', 'of/me/a', 'x-1_2.bin'),
      content: fc.option(fc.uint8Array({ maxLength: 40 })),
    });
    const keyOf = (at: number, name: string): string => `study/${at === 1 ? 'of/me/' : ''}${name}`;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        for (const { at, name, content } of steps) {
          const store = stores[at]!;
          if (content) await store.put(name, content);
          else await store.remove(name);
          if (content) model.set(keyOf(at, name), content.slice());
          else model.delete(keyOf(at, name));
          assert.deepEqual(await store.get(name), model.get(keyOf(at, name)) ?? null);
          assert.equal(await store.has(name), model.has(keyOf(at, name)));
        }
      }),
      { numRuns: 10 },
    );
    assert.deepEqual(new Map([...server.objects]), model);
    await assert.rejects(stores[1]!.get('../../other'), /s3:\/\/study\/of\/me: expected a name of letters/);
  });
});

test('what passes by itself is waited for: a server that restarts, is silent, resets, or cuts an answer short', async () => {
  await withServer(async ({ faults, objects, seen }) => {
    const store = await openS3Store('s3://study', QUICK);
    const passing: Fault[] = [
      ...[
        { status: 503, code: 'SlowDown' },
        { status: 500 },
        { status: 429 },
        { status: 400, code: 'RequestTimeout' },
      ],
      ...(['silence', 'reset', 'cut'] as const),
    ];
    for (const fault of passing) {
      const name = typeof fault === 'string' ? fault : `${fault.status}`;
      const before = seen.length;
      if (fault !== 'cut') faults.push(fault);
      await store.put(name, bytes(name));
      assert.deepEqual(objects.get(`study/${name}`), bytes(name), name);
      faults.push(fault);
      assert.deepEqual(await store.get(name), bytes(name), name);
      assert.equal(seen.length - before, fault === 'cut' ? 3 : 4, name);
    }
    faults.push('reset', { status: 502 }, 'silence');
    await store.remove('500');
    assert.ok(!objects.has('study/500'));
    faults.push({ status: 503 }, { status: 503 }, { status: 503 }, { status: 503 });
    await assert.rejects(store.get('429'), /s3:\/\/study: expected the server to answer, found status 503/);
    assert.deepEqual(await store.get('429'), bytes('429'));
  });
});

test('what does not pass is said once, with its remedy; nothing is lost, and no key is shown', async () => {
  await withServer(async ({ faults, objects, seen }) => {
    const store = await openS3Store('s3://study', QUICK);
    await store.put('kept', bytes('before'));
    const cases: readonly (readonly [Fault, RegExp])[] = [
      [
        { status: 507, code: 'XMinioStorageFull' },
        /kept was not stored: .* a full store \(XMinioStorageFull, status 507\); remove/,
      ],
      [{ status: 403, code: 'QuotaExceeded' }, /found a full store/],
      [{ status: 403, code: 'AccessDenied' }, /found one that may not; ask its owner/],
      [{ status: 403, code: 'RequestTimeTooSkewed' }, /set the clock/],
      [
        { status: 301, code: 'PermanentRedirect' },
        /lies elsewhere \(PermanentRedirect, status 301\); check AWS_REGION/,
      ],
      [
        { status: 404 },
        /expected an answer of an S3 server about kept, found status 404; check AWS_ENDPOINT_URL/,
      ],
      [{ status: 400, code: 'Whatever' }, /found Whatever, status 400/],
    ];
    for (const [fault, message] of cases) {
      const before = seen.length;
      faults.push(fault);
      await assert.rejects(store.put('kept', bytes('after')), (error: Error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, message);
        assert.ok(!error.message.includes(KEY.id) && !error.message.includes(KEY.secret), error.message);
        return true;
      });
      assert.equal(seen.length - before, 1);
    }
    assert.deepEqual(objects.get('study/kept'), bytes('before'));
  });
});

test('a wrong key, secret, region or bucket, and a server that is not there, are said when the store is opened', async () => {
  await withServer(async ({ url }) => {
    const open = (): Promise<Store> => openS3Store('s3://study', QUICK);
    const cases: readonly (readonly [string, string | undefined, RegExp])[] = [
      [
        'AWS_ACCESS_KEY_ID',
        'OTHER',
        /expected a key that the server knows, found another; check AWS_ACCESS_KEY_ID/,
      ],
      [
        'AWS_SECRET_ACCESS_KEY',
        'hunter2',
        /expected the secret that belongs to the key.*check AWS_SECRET_ACCESS_KEY/,
      ],
      ['AWS_SECRET_ACCESS_KEY', undefined, /expected a key in AWS_SECRET_ACCESS_KEY, found none; set it/],
      ['AWS_REGION', 'eu-other-1', /the bucket's own region, found another; check AWS_REGION/],
      [
        'AWS_ENDPOINT_URL',
        'http://127.0.0.1:1',
        /expected http:\/\/127.0.0.1:1 to answer, found that it does not/,
      ],
      ['AWS_ENDPOINT_URL', `${url}/elsewhere`, /expected a bucket of this name, found none/],
      ['AWS_ENDPOINT_URL', 'http://me:hunter2@127.0.0.1:1', /AWS_ENDPOINT_URL: expected an address such as/],
      ['AWS_ENDPOINT_URL', 'nonsense', /AWS_ENDPOINT_URL: expected an address such as/],
    ];
    for (const [name, value, message] of cases)
      await withVariables({ [name]: value }, () =>
        assert.rejects(open, (error: Error) => {
          assert.match(error.message, message);
          assert.ok(!/hunter2|EXAMPLE/.test(error.message), error.message);
          return true;
        }),
      );
    await assert.rejects(openS3Store('s3://other', QUICK), /s3:\/\/other: expected a bucket of this name/);
    for (const address of ['s3://', 's3://a', 's3://Me:hunter2@study', 's3://study/../x'])
      await assert.rejects(
        openStore(address),
        (error: Error) => /expected/.test(error.message) && !error.message.includes('hunter2'),
      );
    const missing = Promise.reject(new Error('Cannot find package'));
    await assert.rejects(
      loadAws(() => missing),
      /a store on S3 needs the package aws4fetch, which could not be loaded; npm i aws4fetch/,
    );
  });
});

test('without an endpoint the bucket lies at Amazon, at an address of its own unless its name has dots', () => {
  const variables = (name: string): string | undefined =>
    ({ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_DEFAULT_REGION: 'eu-west-1' })[name];
  assert.equal(
    s3Place('s3://study/runs', variables).addressOf('a/b.json'),
    'https://study.s3.eu-west-1.amazonaws.com/runs/a/b.json',
  );
  assert.equal(
    s3Place('s3://my.study', variables).addressOf('a'),
    'https://s3.eu-west-1.amazonaws.com/my.study/a',
  );
});
