/** @file The server gives its own files to this machine, and nothing else to anyone, however it is asked. */
import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { filesBelow, serve } from '../../../src/cli/playground/serve.ts';
import { InputError } from '../../../src/errors.ts';
import { inFolder } from '../../support/in-folder.ts';

/** Sends a request as it stands, byte for byte. @returns status and whole answer */
function ask(
  port: number,
  target: string,
  { method = 'GET', host = `127.0.0.1:${port}` } = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve({ status: Number(text.split(' ')[1]), text }));
  });
}

async function serving(use: (port: number, path: (name: string) => string) => Promise<void>): Promise<void> {
  await inFolder(async (path) => {
    await mkdir(path('page/networks'), { recursive: true });
    await writeFile(path('page/index.html'), '<title>page</title>');
    await writeFile(path('page/page.js'), 'export {}');
    await writeFile(path('page/networks/index.json'), '{}');
    await writeFile(path('secret'), 'a secret');
    await symlink(path('secret'), path('page/link.js'));
    await symlink(path('.'), path('page/up'));
    const server = await serve(await filesBelow(path('page')), 0);
    try {
      await use(Number(new URL(server.address).port), path);
    } finally {
      await server.close();
    }
  });
}

test('its own files, with the headers that isolate the page', () =>
  serving(async (port) => {
    for (const [target, content] of [
      ['/', '<title>'],
      ['/index.html', '<title>'],
      ['/page.js?x=1', 'export'],
      ['/networks/index.json', '{}'],
    ] as const) {
      const { status, text } = await ask(port, target);
      assert.equal(status, 200, target);
      assert.ok(text.includes(content), target);
      assert.match(
        text,
        /Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Embedder-Policy: require-corp/,
      );
      assert.match(text, /Content-Security-Policy: default-src 'none';/);
      assert.doesNotMatch(text, /unsafe-eval'(?<!wasm-unsafe-eval')|unsafe-inline/);
    }
    const { status, text } = await ask(port, '/page.js', { method: 'HEAD' });
    assert.equal(status, 200);
    assert.ok(text.endsWith('\r\n\r\n'), 'no body');
    assert.match(text, /Content-Type: text\/javascript/);
  }));

test('no way out of the folder', () =>
  serving(async (port) => {
    const ways = [
      '/../secret',
      '/%2e%2e/secret',
      '/..%2fsecret',
      '/%2e%2e%2fsecret',
      '/networks/../../secret',
      '/..\\secret',
      '/%5c..%5csecret',
      '//secret',
      '/up/secret',
      '/link.js',
      '/up',
      '/page.js%00',
      '/networks',
      '/networks/',
      '/.',
      '/%69ndex.html',
      `http://127.0.0.1:${port}/page.js`,
      'secret',
      '*',
    ];
    for (const target of ways) {
      const { status, text } = await ask(port, target);
      assert.ok(status === 404 || status === 400, `${target}: ${status}`);
      assert.ok(!text.includes('a secret'), target);
    }
  }));

test('no other method', () =>
  serving(async (port) => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE']) {
      const { status, text } = await ask(port, '/', { method });
      assert.equal(status, 405, method);
      assert.match(text, /Allow: GET, HEAD/);
    }
  }));

test('no other host: a page elsewhere whose name leads here gets nothing', () =>
  serving(async (port) => {
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `127.0.0.1.evil.example:${port}`,
      '',
    ])
      assert.ok([400, 421].includes((await ask(port, '/', { host })).status), host);
    assert.equal((await ask(port, '/', { host: `localhost:${port}` })).status, 200);
  }));

test('a file that becomes a link while the server runs is not followed, one that goes is not found', () =>
  serving(async (port, path) => {
    await rename(path('page/page.js'), path('page/old.js'));
    await symlink(path('secret'), path('page/page.js'));
    assert.equal((await ask(port, '/page.js')).status, 404);
    await rm(path('page/index.html'));
    assert.equal((await ask(port, '/')).status, 404);
  }));

test('what is malformed, too long or never ends is refused or closed, and the next request is answered', () =>
  serving(async (port) => {
    const raw = (text: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        let said = '';
        socket.on('data', (bytes) => {
          said += bytes;
        });
        socket.on('error', () => resolve(said));
        socket.on('close', () => resolve(said));
      });
    const host = `Host: 127.0.0.1:${port}\r\nConnection: close\r\n`;
    for (const [text, answer] of [
      [`GET / HTTP/1.1\r\n${host}X: ${'x'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
      [`GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, /^HTTP\/1\.1 431 /],
      [`GET / HTTP/1.1\r\n${host}${'A: b\r\n'.repeat(3000)}\r\n`, /^HTTP\/1\.1 431 /],
      [`GET / HTTP/1.1\r\n${host}${'A: b\r\n'.repeat(300)}\r\n`, /^HTTP\/1\.1 431 /],
      ['\u0000\u0001\u0002\r\n\r\n', /^HTTP\/1\.1 400 /],
      [`BREW / HTTP/1.1\r\n${host}\r\n`, /^HTTP\/1\.1 400 /],
      [`GET / HTTP/1.1\r\nConnection: close\r\n\r\n`, /^HTTP\/1\.1 400 /],
      [`GET / HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`, /^HTTP\/1\.1 4\d\d /],
      [
        `POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
        /^HTTP\/1\.1 4\d\d /,
      ],
      [`CONNECT evil.example:80 HTTP/1.1\r\n${host}\r\n`, /^$|^HTTP\/1\.1 4\d\d /],
      [`GET / HTTP/1.1\r\n${host}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n`, /^HTTP\/1\.1 [24]\d\d /],
    ] as const) {
      const said = await raw(text);
      // Deno reads requests in its own way, and closes some of these without a word.
      assert.match(said, 'Deno' in globalThis ? /^$|^HTTP\/1\.1 [24]\d\d / : answer, text.slice(0, 60));
      assert.ok(!said.includes('a secret'));
      assert.equal((await ask(port, '/')).status, 200);
    }
  }));

test('a thousand connections at once, and as many that never end their request: every whole request is answered', () =>
  serving(async (port) => {
    const slow = await Promise.all(
      Array.from(
        { length: 900 },
        () =>
          new Promise<Socket>((resolve, reject) => {
            const socket = connect(port, '127.0.0.1', () => {
              socket.write('GET / HTTP/1.1\r\nHost:');
              resolve(socket);
            });
            socket.on('error', reject);
          }),
      ),
    );
    try {
      const targets = ['/', '/page.js', '/networks/index.json', '/up/secret', '/%2e%2e%2fsecret'];
      const asked = Array.from({ length: 1000 }, (_, i) => ask(port, targets[i % targets.length]!));
      const answers = await Promise.all(asked);
      answers.forEach(({ status, text }, i) => {
        assert.equal(status, i % targets.length < 3 ? 200 : 404);
        assert.ok(!text.includes('a secret'));
      });
    } finally {
      for (const socket of slow) {
        socket.on('error', () => {});
        socket.destroy();
      }
    }
    assert.equal((await ask(port, '/')).status, 200);
  }));

test('a port that is taken is named, with a remedy', () =>
  serving(async (port) => {
    await assert.rejects(
      serve(new Map(), port),
      (error) => error instanceof InputError && /another by --port/.test(error.message),
    );
  }));
