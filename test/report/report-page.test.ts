import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadPlot } from '../../src/report/plot/load.ts';
import { type Report, report } from '../../src/report/report-page.ts';
import { readRun } from '../../src/report/runs/read-run.ts';
import { svgFile } from '../../src/report/svg/figure.ts';
import { syntheticResults } from './fixture.ts';
import { assertWellFormed, parsed, svgTexts } from './markup.ts';

const plotter = await loadPlot();

function reportOn(name?: string, methods?: number): Report {
  const results = Object.entries(syntheticResults(name, methods));
  return report(
    plotter,
    results.map(([command, result]) => readRun(JSON.stringify(result), `${command}.json`, command)),
  );
}

const { html, figures } = reportOn();
const page = parsed(html);

/** Below each figure, what its axes must say. */
const AXES: Readonly<Record<string, readonly string[]>> = {
  'study-1-1-1-1-1': ['train.lr', 'snn.accuracy.8', 'convert.neuron half'],
  'study-1-1-1-2-1': ['convert.neuron', 'snn.accuracy.8', 'train.lr 0.001', 'train.lr 0.1'],
  'learning-1': ['epoch', 'accuracy (%)'],
  'loss-1': ['epoch', 'training loss'],
  'profile-1': ['time (s): direction, layer, kernel', 'forward', 'conv2d', 'outside of kernels'],
  'advise-1-steps': ['T (time steps)', 'accuracy (%)', 'ANN'],
  'simulate-1-1-steps': ['T (time steps)', 'accuracy (%)'],
  'simulate-1-1-energy': ['energy per image (uJ; horowitz-fp32)', 'accuracy (%)'],
  'simulate-1-1-layers': ['layer', 'spikes per neuron'],
  'verify-1-errors': ['error, rate - activation (units of theta)', 'share of the neurons (%, root scale)'],
  'verify-1-signs': ['mean error, rate - activation (units of theta)', 'layer'],
  'compare-1-steps-1': [
    'T (time steps)',
    'accuracy (%)',
    'best ANN',
    'synthetic method 0',
    'synthetic method 1',
  ],
  'compare-1-steps-2': ['T (time steps)', 'accuracy (%)', 'synthetic method 0', 'synthetic method 2'],
  'compare-1-steps-3': ['T (time steps)', 'accuracy (%)', 'synthetic method 0', 'synthetic method 12'],
  'compare-1-energy-1': ['energy per image (uJ; horowitz-fp32)', 'accuracy (%)', 'energy of the ANN'],
  'compare-1-energy-2': ['energy per image (uJ; horowitz-fp32)', 'accuracy (%)'],
  'compare-1-energy-3': ['energy per image (uJ; horowitz-fp32)', 'accuracy (%)'],
  'compare-1-layers-1': ['layer', 'spikes per neuron'],
  'compare-1-layers-2': ['layer', 'spikes per neuron'],
  'compare-1-layers-3': ['layer', 'spikes per neuron'],
  'compare-1-raster': ['time step t', 'act1all 20', 'act51 of 2'],
  'compare-1-signs': ['mean error, rate - activation (units of theta)', 'contender'],
  'compare-1-errors-1': ['error, rate - activation (units of theta)', 'act1', 'act5'],
  'compare-1-errors-2': ['error, rate - activation (units of theta)', 'act1', 'act5'],
  activations: ['input x (units of theta)', 'activation (units of theta)'],
  response: ['current I (units of theta)', 'rate N / T (units of theta)', 'T = 1', 'T = 2', 'T = 4', 'T = 8'],
};

test('every figure is there, with its axes, and described', () => {
  assert.deepEqual(figures.map(({ id }) => id).sort(), Object.keys(AXES).sort());
  for (const [id, labels] of Object.entries(AXES)) {
    const figure = page.getElementById(id)!;
    assert.equal(figure.tagName.toLowerCase(), 'figure', id);
    assert.ok(figure.querySelector('figcaption')!.textContent!.length > 20, id);
    const texts = svgTexts(figure);
    for (const label of labels)
      assert.ok(texts.includes(label), `${id}: expected "${label}" in ${texts.join(' | ')}`);
    assert.ok(figure.querySelectorAll('path, rect').length > 3, id);
  }
});

test('one page that asks nobody for anything: well formed, no script, every id once, every reference found', () => {
  assertWellFormed(html);
  assert.ok(!/<script|<iframe|<object|@import|url\(/i.test(html));
  assert.ok(!/(src|href)="(?!data:,|#)/.test(html));
  assert.match(html, /<html lang="en">/);
  assert.ok(!/NaN|undefined|Infinity|\[object/.test(html));
  const ids = [...page.querySelectorAll('[id]')].map((element) => element.id);
  assert.equal(new Set(ids).size, ids.length);
  for (const attribute of ['aria-labelledby', 'href'])
    for (const element of page.querySelectorAll(`[${attribute}]`)) {
      const value = element.getAttribute(attribute)!;
      if (value.startsWith('data:')) continue;
      for (const id of value.split(' '))
        assert.ok(ids.includes(id.replace('#', '')), `${attribute}="${value}"`);
    }
  assert.ok(html.length < 400_000, `${html.length} characters`);
});

test('tables are regions that can be scrolled, and hold the numbers of the files', () => {
  const regions = [...page.querySelectorAll('.scroll')];
  assert.ok(regions.length >= 12);
  for (const region of regions) {
    assert.equal(region.getAttribute('tabindex'), '0');
    assert.ok(region.getAttribute('aria-label'));
    const columns = region.querySelectorAll('thead th').length;
    for (const row of region.querySelectorAll('tbody tr'))
      assert.equal(row.querySelectorAll('td').length, columns);
  }
  const text = (caption: string): string =>
    regions.find((region) => region.getAttribute('aria-label')!.includes(caption))!.textContent!;
  for (const caption of [
    'Accuracy in percent',
    'Spikes per neuron and energy',
    'T needed',
    'Energy per image by horowitz',
  ])
    for (let m = 0; m < 13; m++) assert.ok(text(caption).includes(`synthetic method ${m}`), caption);
  assert.match(text('T needed, over'), /\d+ \/ \d+ = [\d.]+x/);
});

test('the same files give the same bytes, whatever was drawn before', () => {
  const again = reportOn();
  assert.equal(again.html, html);
  assert.deepEqual(again.figures.map(svgFile), figures.map(svgFile));
});

test('texts of the files stay texts, on the page and in the figures', () => {
  const hostile = "\"><script>alert(1)</script><img src=x onerror='a'>&amp;";
  const { html: page, figures } = reportOn(hostile, 3);
  for (const markup of [page, ...figures.map(svgFile)]) {
    assertWellFormed(markup);
    assert.ok(
      !/<script|<img|onerror='/.test(
        markup.replaceAll(/&lt;(script|img)/g, '').replaceAll("onerror='a'&gt;", ''),
      ),
    );
  }
  const document = parsed(page);
  assert.equal(document.querySelectorAll('script, img').length, 0);
  const cells = [...document.querySelectorAll('td')].map((cell) => cell.textContent);
  assert.ok(cells.includes(`${hostile} method 0`));
  const names = figures.flatMap(({ content }) =>
    svgTexts(parsed(`<html><body><svg>${content}</svg></body></html>`).body),
  );
  assert.ok(names.includes(`${hostile} method 0`));
});

test('each command alone is a report, and two of a kind stand side by side', () => {
  for (const [command, result] of Object.entries(syntheticResults('synthetic', 1))) {
    const run = readRun(JSON.stringify(result), 'a.json', 'a');
    assertWellFormed(report(plotter, [run]).html);
    const two = report(plotter, [run, { ...run, name: 'b', file: 'b.json' }]);
    const document = parsed(two.html);
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    assert.equal(new Set(ids).size, ids.length, command);
    assert.ok(
      [...document.querySelectorAll('td')].some((cell) => cell.textContent === 'b'),
      command,
    );
  }
});
