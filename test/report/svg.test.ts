import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { figure, htmlPage, htmlTable, paragraph } from '../../src/report/html-page.ts';
import { barChart } from '../../src/report/svg/bar-chart.ts';
import { element, escapeText } from '../../src/report/svg/element.ts';
import { imageRow } from '../../src/report/svg/image-row.ts';
import { lineChart } from '../../src/report/svg/line-chart.ts';
import { createScale, niceTicks } from '../../src/report/svg/scale.ts';
import { spikeRaster } from '../../src/report/svg/spike-raster.ts';

const TEXT = { id: 'c', title: 'A < B & "C"', description: 'shows <something>' };

/** Every tag is closed by its own name, in order. */
function assertWellFormed(markup: string): void {
  const open: string[] = [];
  for (const [, close, name, attributes] of markup.matchAll(/<(\/?)([a-zA-Z0-9]+)((?:[^>"]|"[^"]*")*)>/g)) {
    if (close) assert.equal(open.pop(), name);
    else if (!attributes!.endsWith('/')) open.push(name!);
  }
  assert.deepEqual(open, []);
}

test('whatever the text, it stays text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const made = element('text', { x: 1, 'data-x': text }, escapeText(text));
      assertWellFormed(made);
      assert.equal(made.match(/</g)?.length, 2);
    }),
  );
});

test('a scale maps its domain onto its range, linear or in powers of two', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), (low, span) => {
      for (const kind of ['linear', 'log2'] as const) {
        const scale = createScale(kind, [low, low + span], [10, 110]);
        assert.ok(Math.abs(scale(low) - 10) < 1e-9);
        assert.ok(Math.abs(scale(low + span) - 110) < 1e-9);
        for (const tick of scale.ticks) assert.ok(tick >= low && tick <= low + span);
      }
    }),
  );
});

test('ticks are round, evenly spaced and within the domain', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      (low, span) => {
        const ticks = niceTicks([low, low + span]);
        assert.ok(ticks.length >= 1 && ticks.length <= 12);
        for (const tick of ticks) assert.ok(tick >= low - 1e-6 * span && tick <= low + span * (1 + 1e-6));
      },
    ),
  );
  assert.deepEqual(niceTicks([0, 1]), [0, 0.2, 0.4, 0.6, 0.8, 1]);
});

test('every chart is well formed, has a title, a description, both axis labels, and no NaN', () => {
  const axis = { label: 'accuracy (%)', domain: [0, 100] } as const;
  const charts = [
    lineChart(TEXT, { label: 'T (steps)', domain: [1, 8], scale: 'log2' }, axis, [
      {
        name: 'full',
        points: [
          [1, 10],
          [2, Number.NaN],
          [8, 90],
        ],
      },
    ]),
    barChart(TEXT, 'layer', ['a', 'b'], axis, [{ name: 'full', values: [3, 5] }]),
    spikeRaster(
      TEXT,
      [
        {
          name: 'conv1',
          neurons: 200,
          spikes: [
            [1, 0, 1],
            [2, 6, -1],
          ],
        },
      ],
      4,
    ),
    imageRow(TEXT, [{ height: 2, width: 2, pixels: [0, 1, 0.5, 0.5], caption: '3' }]),
  ];
  for (const chart of charts) {
    assertWellFormed(chart);
    assert.ok(!chart.includes('NaN'));
    assert.match(chart, /<title id="c-title">A &lt; B &amp; &quot;C&quot;<\/title>/);
    assert.match(chart, /role="img" aria-labelledby="c-title c-description"/);
  }
  assert.match(charts[0]!, />T \(steps\)<\/text>/);
  assert.match(charts[0]!, />accuracy \(%\)<\/text>/);
});

test('equal pixels in a row become one rectangle, paper none', () => {
  const row = imageRow(TEXT, [{ height: 1, width: 4, pixels: [0, 1, 1, 0], caption: '' }]);
  assert.match(row, /d="M1 0h2v1h-2z"/);
  assert.equal(row.match(/<path/g)?.length, 1);
});

test('the page is one file that asks nobody for anything', () => {
  const page = htmlPage('t', 'lead', [
    {
      title: 's',
      content: [
        paragraph('<b>'),
        figure('<svg></svg>', 'c'),
        htmlTable('cap', [{ title: 'T', align: 'right' }], [['1']]),
      ],
    },
  ]);
  assert.ok(!/(src|href)="(?!data:,)/.test(page));
  assert.ok(!page.includes('<script'));
  assert.match(page, /&lt;b&gt;/);
  assert.match(page, /prefers-color-scheme: dark/);
});
