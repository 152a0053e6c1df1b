/**
 * @file A queue over TLS, at the command line: a Redis with a certificate of its own, the authority named as Node has it named; what is
 * wrong with a certificate is said in one line, and no message, result, or list of processes has the password.
 */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { makeCertificate } from '../support/certificate.ts';
import { inFolder } from '../support/in-folder.ts';
import { freePort, NO_REDIS, startRedis } from '../support/redis.ts';
import { type SpawnOptions, strelu } from './spawn.ts';

const PASSWORD = 'open-sesame';
/** It names another reason for a certificate out of its time, cannot change the words of its process, and tells no status of one that was ended. */
const IS_DENO = 'Deno' in globalThis;

test('a study over TLS; a certificate of an unknown authority, of another host, out of its time; no TLS at all', {
  skip: NO_REDIS,
  timeout: 240_000,
}, async () => {
  await inFolder(async (path) => {
    const begin = async (host: string, days?: number) => {
      const name = `${host}${days ?? ''}`;
      const { certificate, key } = await makeCertificate(path('.'), name, host, days);
      const port = await freePort();
      const tls = ['--tls-port', `${port}`, '--tls-cert-file', certificate, '--tls-key-file', key];
      const words = [...tls, '--tls-auth-clients', 'no', '--requirepass', PASSWORD];
      const redis = await startRedis(path('.'), words);
      // Node and Deno each have a name of their own for it
      return { ...redis, tls: port, trust: { NODE_EXTRA_CA_CERTS: certificate, DENO_CERT: certificate } };
    };
    const good = await begin('127.0.0.1');
    const named = await begin('elsewhere.example');
    const old = await begin('127.0.0.1', -3);
    const url = (port: number, scheme = 'rediss'): string => `${scheme}://:${PASSWORD}@127.0.0.1:${port}`;
    const run = async (words: readonly string[], more: SpawnOptions = {}) => {
      const found = await strelu([...words, '--quiet'], { ...more, cwd: path('.') });
      assert.ok(!(found.stdout + found.stderr).includes(PASSWORD), 'no password in what is said');
      return found;
    };
    try {
      for (const [address, environment, message] of [
        [
          url(good.tls),
          {},
          /expected a certificate of an authority that this machine knows, .*NODE_EXTRA_CA_CERTS/,
        ],
        [url(named.tls), named.trust, /expected a certificate for this host, found one for another name/],
        [
          url(old.tls),
          old.trust,
          IS_DENO ? /expected a certificate/ : /expected a certificate that is valid now/,
        ],
        [url(good.port), good.trust, /cannot be reached .* that it speaks TLS/],
        [url(good.tls, 'redis'), {}, /cannot be reached .* whether it wants rediss:/],
        [url(good.tls).replace(PASSWORD, 'guess'), good.trust, /found one that the server refuses/],
      ] as const) {
        const { status, stderr } = await run(['sweep', 'status', '--queue', address], { environment });
        assert.equal(status, 1, stderr);
        assert.match(stderr, message);
        assert.equal(stderr.trim().split('\n').length, 1, stderr);
      }
      const options = { limit: 64, 'test-limit': 20, epochs: 1, width: 0.25 };
      const study = { name: 'tls', stages: [{ name: 'train', command: 'train', options }] };
      await writeFile(path('study.json'), JSON.stringify(study));
      const environment = { ...good.trust, STRELU_QUEUE: url(good.tls) };
      const shared = ['--store', 'store'];
      let process: ChildProcess | undefined;
      const worker = run(['worker', '--queue', url(good.tls), '--dir', 'work', ...shared], {
        environment,
        started: (_, child) => {
          process = child;
        },
      });
      const place = `rediss://127.0.0.1:${good.tls}`;
      const sweep = await run(['sweep', 'study.json', '--queue', place, ...shared, '--json', 'sweep.json'], {
        environment,
      });
      assert.equal(sweep.status, 0, sweep.stderr);
      const { pid } = process!;
      const seen = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (!('Deno' in globalThis))
        assert.ok(!seen.includes(PASSWORD), 'no password in the list of processes');
      process!.kill('SIGTERM');
      const { status, stderr } = await worker;
      assert.equal(status, IS_DENO ? status : 143, stderr);
      assert.match(stderr, /0 jobs went back to the queue/);
      const written = await readdir(path('.'), { recursive: true });
      for (const name of written.filter((one) => /\.(json|safetensors)$/.test(one)))
        assert.ok(!(await readFile(path(name), 'latin1')).includes(PASSWORD), name);
      const { config } = JSON.parse(await readFile(path('sweep.json'), 'utf8')) as {
        config: { queue: string };
      };
      assert.equal(config.queue, place);
    } finally {
      for (const redis of [good, named, old]) await redis.stop();
    }
  });
});
