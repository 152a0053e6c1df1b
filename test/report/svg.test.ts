import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DARK, LIGHT, SERIES_COLOURS } from '../../src/report/svg/colours.ts';
import { element, escapeText } from '../../src/report/svg/element.ts';
import { inlineSvg, svgFile } from '../../src/report/svg/figure.ts';
import { imageRow } from '../../src/report/svg/image-row.ts';
import { childrenText } from '../../src/report/svg/serialise.ts';
import { contrast, mostAlike } from './colour-vision.ts';
import { assertWellFormed, parsed } from './markup.ts';

const TEXT = { id: 'c', title: 'A < B & "C"', caption: 'shows <something>' };

test('whatever the text, it stays text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const made = element('text', { x: 1, 'data-x': text }, escapeText(text));
      assertWellFormed(made);
      assert.equal(made.match(/</g)?.length, 2);
    }),
  );
});

test('a drawn tree is written with its texts escaped, its coordinates short, and without its style', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const document = parsed('<!doctype html><html></html>');
      const root = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
      style.textContent = 'text { fill: red }';
      const child = document.createElementNS('http://www.w3.org/2000/svg', 'text');
      child.setAttribute('x', '1.23456');
      child.setAttribute('data-n', text);
      child.textContent = text;
      root.append(style, child);
      assert.equal(
        childrenText(root),
        text === ''
          ? '<text data-n="" x="1.23"/>'
          : `<text data-n="${escapeText(text)}" x="1.23">${escapeText(text)}</text>`,
      );
    }),
  );
});

test('a drawn element with an id is refused: two figures on a page could have the same', () => {
  const document = parsed('<!doctype html><html><body><p id="x">a</p></body></html>');
  assert.throws(() => childrenText(document.body), /an element has the id x/);
});

test('equal pixels in a row become one rectangle, paper none', () => {
  const { content } = imageRow(TEXT, [{ height: 1, width: 4, pixels: [0, 1, 1, 0], caption: '' }]);
  assert.match(content, /d="M1 0h2v1h-2z"/);
  assert.equal(content.match(/<path/g)?.length, 1);
});

test('a figure has title and description, inline and as a file; the file brings its colours', () => {
  const figure = imageRow(TEXT, [{ height: 2, width: 2, pixels: [0, 1, 0.5, 0.5], caption: '<3' }]);
  for (const svg of [inlineSvg(figure), svgFile(figure)]) {
    assertWellFormed(svg);
    assert.match(svg, /<title id="c-title">A &lt; B &amp; &quot;C&quot;<\/title>/);
    assert.match(svg, /role="img" aria-labelledby="c-title c-description"/);
    assert.match(svg, />&lt;3<\/text>/);
  }
  assert.ok(!inlineSvg(figure).includes('<style'));
  const file = svgFile(figure);
  assert.match(file, /prefers-color-scheme: dark/);
  for (const [, name] of file.matchAll(/var\(--([a-z0-9]+)\)/g)) assert.ok(Object.hasOwn(LIGHT, name!), name);
});

test('texts and series are readable on the paper in both schemes, and series differ for the colour-blind too', () => {
  assert.deepEqual(Object.keys(LIGHT), Object.keys(DARK));
  for (const scheme of [LIGHT, DARK]) {
    for (const name of ['ink', 'soft', 's0'])
      for (const ground of ['paper', 'lane'])
        assert.ok(contrast(scheme[name]!, scheme[ground]!) >= 4.5, `${name} on ${ground}`);
    const series = Array.from({ length: SERIES_COLOURS }, (_, i) => scheme[`s${i}`]!);
    for (const colour of series) assert.ok(contrast(colour, scheme.paper!) >= 3, colour);
    const { distance, pair } = mostAlike(series);
    assert.ok(distance >= 0.12, `${pair.join(' and ')} look alike: ${distance.toFixed(3)}`);
  }
});
