import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { runNames } from '../../src/report/runs/run-names.ts';
import { syntheticResults } from '../report/fixture.ts';
import { inFolder } from '../support/in-folder.ts';
import { strelu } from './spawn.ts';

test('runs are called by their files, with as much of the folders as tells them apart', () => {
  assert.deepEqual(runNames(['runs/a.json', 'runs/b.JSON']), ['a', 'b']);
  assert.deepEqual(runNames(['x/a.json', 'y/a.json', 'b.json']), ['x/a', 'y/a', 'b']);
  assert.deepEqual(runNames(['a.json', 'x/a.json']), ['a', 'x/a']);
  assert.deepEqual(runNames(['./a.json', 'a.json']), ['a', 'a (2)']);
});

test('real runs become a page and SVG files, the same bytes each time', async () => {
  await inFolder(async (path) => {
    const run = async (...words: string[]): Promise<string> => {
      const { status, stdout, stderr } = await strelu([...words, '--quiet']);
      assert.equal(status, 0, stderr);
      return stdout;
    };
    const tiny = ['--model', 'lenet', '--width', '0.5', '--limit', '256', '--test-limit', '20'];
    const [model, snn] = [path('m.safetensors'), path('m.snn.safetensors')];
    await run('train', '--epochs', '1', ...tiny, '--out', model, '--json', path('t.json'));
    await run('convert', model, '--json', path('c.json'));
    await Promise.all([
      run('simulate', snn, '--model', model, '--limit', '20', '--steps', '1,2,4', '--json', path('s.json')),
      run('verify', model, snn, '--limit', '10', '--json', path('v.json')),
    ]);
    const runs = ['t', 'c', 's', 'v'].map((name) => path(`${name}.json`));
    const words = [
      'report',
      ...runs,
      '--out',
      path('r.html'),
      '--svg',
      path('svg'),
      '--json',
      path('r.json'),
    ];
    assert.match(await run(...words), /^9 figures of 4 runs in .*r\.html, each also in .*svg$/m);
    const page = await readFile(path('r.html'), 'utf8');
    for (const title of ['Training', 'Conversion', 'Simulation: strokes', 'Verification: v', 'The runs'])
      assert.ok(page.includes(`>${title}</h2>`), title);
    assert.ok(!/NaN|undefined/.test(page));
    const svgs = await readdir(path('svg'));
    assert.equal(svgs.length, 9);
    for (const name of svgs)
      assert.match(await readFile(path(`svg/${name}`), 'utf8'), /^<svg [\s\S]*<\/svg>\n$/);
    const result = JSON.parse(await readFile(path('r.json'), 'utf8'));
    assert.deepEqual(result.config.runs, runs);
    assert.equal(result.files.figures.length, 9);
    await run('report', ...runs, '--out', path('again.html'));
    assert.equal(await readFile(path('again.html'), 'utf8'), page);
  });
});

test('what is no result to report is refused by name, and nothing is written', async () => {
  await inFolder(async (path) => {
    const { train } = syntheticResults();
    await writeFile(path('demo.json'), JSON.stringify({ ...train, command: 'demo' }));
    await writeFile(path('t.json'), JSON.stringify(train));
    await writeFile(path('text.json'), 'text');
    const cases: readonly (readonly [string[], number, RegExp])[] = [
      [[], 2, /report: expected RUN\.json\.\.\., found none; usage: strelu report RUN\.json\.\.\./],
      [['t.json', 'demo.json'], 1, /demo\.json: expected a result of .*found one of "demo"/],
      [['text.json'], 1, /text\.json: expected a result file \(JSON\)/],
      [['none.json'], 1, /none\.json: cannot be read \(no such file\)/],
      [['t.json', 't.json'], 2, /t\.json is given twice/],
      [
        ['t.json', '--out', 't.json'],
        2,
        /--out: t\.json is the same file as RUN\.json t\.json, which would be overwritten/,
      ],
      [['t.json', '--svg', 't.json'], 2, /--svg: t\.json is the same file as RUN\.json t\.json/],
    ];
    await Promise.all(
      cases.map(async ([words, status, message]) => {
        const out = words.includes('--out') ? [] : ['--out', 'r.html'];
        const finished = await strelu(['report', ...words, ...out, '--quiet'], { cwd: path('.') });
        assert.match(finished.stderr, message);
        assert.equal(finished.status, status, finished.stderr);
      }),
    );
    assert.deepEqual((await readdir(path('.'))).sort(), ['demo.json', 't.json', 'text.json']);
  });
});
