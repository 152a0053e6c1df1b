/**
 * @file The two answers beside each other: how sure each network is of every class, the spiking one at the step that is shown.
 */
import { argmax } from '../../nn/argmax.ts';
import type { Shown } from '../state/shown.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { element, say } from './element.ts';

interface Row {
  readonly bars: readonly [ann: HTMLElement, snn: HTMLElement];
  readonly texts: readonly [ann: HTMLElement, snn: HTMLElement];
}

export function createAnswers(root: HTMLElement, state: Store<State>, shown: Store<Shown>): void {
  const heads = [element('strong', { id: 'ann-says' }), element('strong', { id: 'snn-says' })] as const;
  let rows: Row[] = [];

  const build = (names: readonly string[]): void => {
    const table = element('table', { class: 'answers' });
    const head = element(
      'tr',
      {},
      element('th', { scope: 'col' }, element('span', { class: 'unseen' }, 'class')),
    );
    for (const [k, title] of ['ANN', 'Spiking'].entries())
      head.append(element('th', { scope: 'col' }, `${title} `, heads[k]!));
    table.append(element('thead', {}, head));
    const body = element('tbody');
    rows = names.map((name) => {
      const cells = ['ann', 'snn'].map((kind) => {
        const bar = element('span', { class: `bar ${kind}` });
        const text = element('span', { class: 'share' });
        return { bar, text, cell: element('td', {}, element('span', { class: 'track' }, bar), text) };
      });
      body.append(element('tr', {}, element('th', { scope: 'row' }, name), ...cells.map(({ cell }) => cell)));
      const [ann, snn] = cells as [(typeof cells)[0], (typeof cells)[0]];
      return { bars: [ann.bar, snn.bar], texts: [ann.text, snn.text] };
    });
    table.append(body);
    root.replaceChildren(table);
  };

  const draw = (): void => {
    const { answer, facts } = shown.value;
    if (!facts) return;
    const { length } = facts.classNames;
    const step = Math.min(state.value.step, answer?.steps ?? 1);
    const both = [answer?.ann, answer?.logits.subarray((step - 1) * length, step * length)];
    both.forEach((logits, k) => {
      const shares = logits && logits.length > 0 ? softmax(logits) : null;
      const best = shares ? argmax(shares) : -1;
      say(heads[k]!, shares ? facts.classNames[best]! : '–');
      rows.forEach(({ bars, texts }, c) => {
        bars[k]!.style.setProperty('width', `${shares ? 100 * shares[c]! : 0}%`);
        bars[k]!.classList.toggle('best', c === best);
        say(texts[k]!, shares ? `${(100 * shares[c]!).toFixed(0)} %` : '');
      });
    });
  };

  shown.watch(({ facts, answer }, before) => {
    if (facts && facts.classNames !== before.facts?.classNames) build(facts.classNames);
    else if (facts && rows.length === 0) build(facts.classNames);
    if (answer !== before.answer || facts !== before.facts) draw();
  });
  state.watch(({ step }, before) => step !== before.step && draw());
}

/** Shares of all classes, 1 together. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const most = Array.from(logits).reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = Float64Array.from(logits, (logit) => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
