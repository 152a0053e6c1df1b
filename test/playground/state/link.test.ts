/** @file A link holds the whole state, and one from elsewhere can only hold what the page allows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FaultKind } from '../../../src/playground/protocol.ts';
import { linkOf, stateOf } from '../../../src/playground/state/link.ts';
import { DEFAULT_STATE, LIMITS, type State } from '../../../src/playground/state/state.ts';
import { NEURONS } from '../../../src/snn/neurons/index.ts';

const KINDS: readonly FaultKind[] = ['weight', 'bias', 'threshold', 'reset', 'firing'];

/** Objects as the page makes them. */
const PLAIN = { noNullPrototype: true } as const;

const STATES: fc.Arbitrary<State> = fc
  .record(
    {
      steps: fc.integer({ min: LIMITS.steps.least, max: LIMITS.steps.most }),
      neuron: fc.constantFrom(null, ...NEURONS.map(({ name }) => name)),
      thetaScale: fc.constantFrom(0.25, 0.5, 1, 2 ** 0.25, 4),
      start: fc.option(fc.double({ min: -1, max: 1, noNaN: true }).map((x) => x + 0)),
      schedule: fc.constantFrom(null, 'streaming' as const, 'layered' as const, 'settling' as const),
      fault: fc.record({ kind: fc.constantFrom(...KINDS), layer: fc.nat(9) }, PLAIN),
    },
    PLAIN,
  )
  .chain((settings) =>
    fc.record(
      {
        network: fc.constantFrom('strokes', 'mnist-cnn-sparse'),
        settings: fc.constant(settings),
        picture: fc.uint8Array({ maxLength: 784 }),
        step: fc.integer({ min: 1, max: settings.steps }),
        playing: fc.constant(false),
        speed: fc.constant(DEFAULT_STATE.speed),
        shows: fc.constantFrom('spikes' as const, 'counts' as const),
        layer: fc.nat(9),
        index: fc.nat(9999),
      },
      PLAIN,
    ),
  );

test('a link read is the state that it was written from', () => {
  fc.assert(
    fc.property(STATES, (state) => {
      assert.deepEqual(stateOf(linkOf(state)), state);
    }),
  );
});

test('a link of anything is a state within the bounds', () => {
  const words = fc.dictionary(
    fc.constantFrom(
      'network',
      'T',
      'step',
      'neuron',
      'theta',
      'v0',
      'schedule',
      'break',
      'shows',
      'look',
      'picture',
    ),
    fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.integer({ min: -2, max: 80 }).map(String),
      fc.constantFrom('../secret', '1e999', '-1', '3.7'),
    ),
  );
  fc.assert(
    fc.property(words, (found) => {
      const { settings, step, network, layer, index } = stateOf(`#${new URLSearchParams(found)}`);
      assert.ok(
        Number.isInteger(settings.steps) && settings.steps >= 1 && settings.steps <= LIMITS.steps.most,
      );
      assert.ok(Number.isInteger(step) && step >= 1 && step <= settings.steps, `step ${step}`);
      assert.ok(
        settings.thetaScale >= LIMITS.thetaScale.least && settings.thetaScale <= LIMITS.thetaScale.most,
      );
      assert.match(network, /^[\w-]+$/);
      assert.ok(Number.isInteger(layer) && Number.isInteger(index) && layer >= 0 && index >= 0);
    }),
  );
});
