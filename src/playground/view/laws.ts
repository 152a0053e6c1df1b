/**
 * @file The laws on the run that is shown: worst case beside bound, and what each says when it is touched.
 */
import type { LawRow } from '../protocol.ts';
import type { Shown } from '../state/shown.ts';
import type { Store } from '../state/store.ts';
import { byId, element, say } from './element.ts';

export function createLaws(shown: Store<Shown>): void {
  const body = byId('laws-body');
  const verdict = byId('laws-verdict');
  shown.watch(({ checked }, before) => {
    if (checked === before.checked || !checked) return;
    const open = new Set(
      [...body.querySelectorAll('details[open]')].map((one) => one.getAttribute('data-law')),
    );
    body.replaceChildren(...checked.laws.map((law) => rowOf(law, open.has(law.id))));
    const broken = checked.laws.filter(({ holds }) => !holds);
    verdict.className = broken.length === 0 ? 'holds' : 'broken';
    say(
      verdict,
      broken.length === 0
        ? `All ${checked.laws.length} laws hold for this picture, checked on every neuron.`
        : `Broken: ${broken.map(({ id, title, layer }) => `${id} (${title.toLowerCase()}) in ${layer}`).join('; ')}.`,
    );
  });
}

function rowOf(
  { id, title, says, holds, worst, bound, unit, cases, layer }: LawRow,
  open: boolean,
): HTMLElement {
  const share = bound > 0 ? Math.min(1, worst / bound) : worst > 0 ? 1 : 0;
  const bar = element('span', { class: holds ? 'fill' : 'fill over' });
  bar.style.setProperty('width', `${100 * share}%`);
  const numbers = `worst ${number(worst)}, bound ${number(bound)} (${unit}, ${cases} cases, ${layer})`;
  return element(
    'details',
    { class: holds ? 'law holds' : 'law broken', 'data-law': id, open },
    element(
      'summary',
      {},
      element('span', { class: 'law-mark' }, holds ? '✓' : '✗'),
      element('span', { class: 'law-name' }, `${id} ${title}`),
      element('span', { class: 'law-bar' }, bar),
      element('span', { class: 'law-numbers' }, numbers),
    ),
    element('p', {}, says),
  );
}

/** Three digits, whatever the size. */
function number(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return Number.isFinite(value) ? '0' : 'none';
  return Math.abs(value) < 0.001 || Math.abs(value) >= 1e5 ? value.toExponential(1) : value.toPrecision(3);
}
