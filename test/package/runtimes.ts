/** @file The installed package on every runtime: the same program, its digests compared. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAME_BITS } from '../support/same-bits.ts';
import { CONSUME } from './fixtures.ts';
import { type Check, type Installed, newProject } from './install.ts';
import { run } from './shell.ts';

/** Relaxed SIMD: Node 20 has it only behind a flag, so its bits are its own unless `deterministic` is asked for. */
const RUNTIMES = [
  { name: 'Node 20', package: 'node@20.20.2', program: 'node', words: [], relaxed: false },
  { name: 'Node 22', package: 'node@22', program: 'node', words: [], relaxed: true },
  { name: 'Node 24', package: 'node@24.21.0', program: 'node', words: [], relaxed: true },
  { name: 'Node 26', package: 'node@26', program: 'node', words: [], relaxed: true },
  { name: 'Deno', package: 'deno@2.9.6', program: 'deno', words: ['run', '--allow-all'], relaxed: true },
] as const;

interface Found {
  readonly digest: string;
  readonly lanes: number;
  readonly finite: boolean;
  readonly images: number;
}

export async function runtimes({ project, scratch, root }: Installed, check: Check): Promise<void> {
  writeFileSync(join(project, 'consume.mjs'), CONSUME);
  writeFileSync(
    join(project, 'require.cjs'),
    "const { Random } = require('strelu');\nconsole.log(Random.seeded(1).integer(1000));\n",
  );
  const usual = new Map<boolean, string>();
  for (const runtime of RUNTIMES) {
    const home = join(scratch, runtime.name.replace(' ', '-'));
    await newProject(home, runtime.package);
    const bin = join(home, 'node_modules', '.bin');
    const env = { PATH: `${bin}:${process.env.PATH}` };
    const consume = async (workers: number, sure: boolean): Promise<Found> => {
      const words = [...runtime.words, 'consume.mjs', String(workers), String(sure)];
      const { stdout } = await run(join(bin, runtime.program), words, { cwd: project, env });
      return JSON.parse(stdout) as Found;
    };
    await check(
      `${runtime.name}: import, train, convert, simulate; the committed bits on 1, 2, 3 and 8 threads`,
      async () => {
        const [one, two] = [await consume(1, false), await consume(2, false)];
        assert.ok(one.finite && one.images === 3);
        assert.equal(two.digest, one.digest, 'the number of threads changed a bit');
        assert.equal(
          usual.get(runtime.relaxed) ?? one.digest,
          one.digest,
          'other bits than the runtimes of its kind',
        );
        usual.set(runtime.relaxed, one.digest);
        for (const workers of [1, 2, 3, 8]) {
          const { digest } = await consume(workers, true);
          assert.equal(digest, SAME_BITS, `${workers} threads: other bits, though deterministic`);
        }
        return `digest ${one.digest}, deterministic ${SAME_BITS}`;
      },
    );
    if (runtime.program !== 'node') continue;
    await check(`${runtime.name}: require('strelu'), and the command line`, async () => {
      const node = join(bin, 'node');
      await run(node, ['require.cjs'], { cwd: project, env });
      const main = join(project, 'node_modules', 'strelu', 'dist', 'lib', 'main.js');
      const small = [
        '--limit',
        '128',
        '--test-limit',
        '32',
        '--epochs',
        '1',
        '--width',
        '0.5',
        '--model',
        'lenet',
        '--quiet',
      ];
      const model = `${runtime.name.replace(' ', '-')}.safetensors`;
      await run(node, [main, 'train', ...small, '--out', model], { cwd: project, env });
      await run(node, [main, 'convert', model], { cwd: project, env });
      const snn = model.replace('.safetensors', '.snn.safetensors');
      const { stdout } = await run(
        node,
        [main, 'simulate', snn, '--limit', '8', '--steps', '1,2', '--quiet'],
        {
          cwd: project,
          env,
        },
      );
      assert.match(stdout, /half/);
      return undefined;
    });
  }
  await check('JSR: a dry run of publishing', async () => {
    const deno = join(scratch, 'Deno', 'node_modules', '.bin', 'deno');
    await run(deno, ['publish', '--dry-run', '--allow-dirty'], { cwd: root });
    return undefined;
  });
}
