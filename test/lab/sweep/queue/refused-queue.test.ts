/** @file What a server or a network says, in words with a remedy; by either runtime's words for it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queueAddress } from '../../../../src/lab/sweep/queue/address.ts';
import { refusedQueue } from '../../../../src/lab/sweep/queue/refused-queue.ts';

test('passwords, certificates, TLS where there is none, nobody there', () => {
  const plain = queueAddress('redis://:hunter2@here', undefined);
  const tls = queueAddress('rediss://:hunter2@here', undefined);
  const coded = (code: string, text = 'it failed') => Object.assign(new Error(text), { code });
  for (const [address, reason, message] of [
    [plain, new Error('NOAUTH Authentication required.'), /found none; set STRELU_QUEUE/],
    [plain, new Error('WRONGPASS invalid username-password pair'), /one that the server refuses/],
    [tls, coded('DEPTH_ZERO_SELF_SIGNED_CERT'), /an authority that this machine knows/],
    [tls, coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), /an authority that this machine knows/],
    [tls, new Error('invalid peer certificate: UnknownIssuer'), /an authority that this machine knows/],
    [tls, coded('ERR_TLS_CERT_ALTNAME_INVALID'), /for this host, found one for another name/],
    [
      tls,
      new Error('invalid peer certificate: NotValidForName'),
      /for this host, found one for another name/,
    ],
    [tls, coded('CERT_HAS_EXPIRED'), /that is valid now/],
    [tls, coded('ERR_SSL_WRONG_VERSION_NUMBER'), /expected TLS, found a server that does not speak it/],
    [tls, new Error('connect ETIMEDOUT'), /cannot be reached \(connect ETIMEDOUT\).*that it speaks TLS/],
    [plain, coded('ECONNREFUSED', ''), /cannot be reached \(ECONNREFUSED\).*whether it wants rediss/],
  ] as const) {
    const { message: found } = refusedQueue(address, reason);
    assert.match(found, message);
    assert.ok(found.startsWith(`${address.place}: `) && !found.includes('hunter2'), found);
  }
});
