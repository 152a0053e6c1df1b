/** @file The playground: what the page claims of a run, where its pixels are, what its server gives away. */
import { type Fault, fault } from './fault.ts';

const ENGINE = 'src/playground/engine/';
const LAWS = ['playground/engine/faults.test.ts'];
const VARIANTS = ['playground/engine/variants.test.ts'];
const SERVE = ['cli/playground/serve.test.ts'];
const SHOWN = 'what is shown is what was run';

export const PLAYGROUND_FAULTS: readonly Fault[] = [
  fault(
    'the constant current once in T steps',
    `${ENGINE}check-currents.ts`,
    'current * steps);',
    'current);',
    'L18',
    LAWS,
  ),
  fault(
    'currents checked against what ran, not against what is claimed',
    `${ENGINE}check-currents.ts`,
    '{ sound, result, image }: Run',
    '{ ran: sound, result, image }: Run',
    'L18',
    LAWS,
  ),
  fault('the reset is swapped nowhere', `${ENGINE}fault.ts`, "reset: 'zero'", "reset: 'soft'", 'L1', LAWS),
  fault(
    'rest without its code',
    `${ENGINE}variant.ts`,
    'other && neuron.silence === -1',
    'other && false',
    'L21',
    VARIANTS,
  ),
  fault(
    'a staircase of T - 1 steps',
    `${ENGINE}probe.ts`,
    'count / steps;',
    'count / (steps + 1);',
    SHOWN,
    VARIANTS,
  ),
  fault(
    'maps without the pixel between them',
    'src/playground/view/tiles.ts',
    '(c % across) * cellWidth',
    '(c % across) * width',
    SHOWN,
    ['playground/view/tiles.test.ts'],
  ),
  fault('a digit at the side', 'src/playground/view/ink.ts', 'x - (left + right) / 2', 'x - left', SHOWN, [
    'playground/view/ink.test.ts',
  ]),
  fault(
    'a link to a step after the last',
    'src/playground/state/link.ts',
    'most: settings.steps }',
    'most: LIMITS.steps.most }',
    SHOWN,
    ['playground/state/link.test.ts'],
  ),
  fault(
    'a server for any name',
    'src/cli/playground/serve.ts',
    'return refuse(421);',
    '{}',
    'loopback only',
    SERVE,
  ),
  fault(
    'a server that follows links',
    'src/cli/playground/serve.ts',
    ' | (constants.O_NOFOLLOW ?? 0)',
    '',
    'its own folder only',
    SERVE,
  ),
];
