/**
 * @file No option of a training run is ignored: one that was given and would change nothing is an error.
 */
import { UsageError } from '../../errors.ts';
import { isDescribed } from '../../lab/training/described-network.ts';
import { parseLevels } from '../../lab/training/layer-levels.ts';
import type { RunRecord } from '../../lab/training/run-record.ts';
import { activationsIn, hasBatchNorms, hasFirstBias, MOVABLE_POOLS } from '../../nn/models/index.ts';

/**
 * @param given options that have a value of their own, from the user or a recipe
 * @param written those of them that the user wrote: epochs that a recipe has besides may be more than are left
 * @throws UsageError for an option that was given and would change nothing
 */
export function refuseUseless(
  values: RunRecord,
  given: ReadonlySet<string>,
  written: ReadonlySet<string> = given,
): void {
  const grid = values.levels > 0 || values['layer-levels'] !== null || values.activation === 'qcfs';
  const needs: readonly (readonly [keyof RunRecord, boolean, string])[] = [
    ['levels', values.activation !== 'relu', 'an activation with a threshold (relu has none)'],
    ['theta-per', values.activation !== 'relu', 'an activation with a threshold (relu has none)'],
    ['theta-rate', values.activation !== 'relu', 'an activation with a threshold (relu has none)'],
    ['theta-decay', values.activation !== 'relu', 'an activation with a threshold (relu has none)'],
    ...(['width', 'activation', 'theta-per', 'levels', 'layer-levels', 'rounding', 'pooling'] as const).map(
      (name) =>
        [
          name,
          !isDescribed(values.model),
          `a built-in --model: ${values.model} says it layer by layer`,
        ] as const,
    ),
    ['rounding', grid, '--levels'],
    [
      'continuous-epochs',
      grid && values.activation !== 'qcfs',
      '--levels, and not qcfs, which always has its grid',
    ],
    ['spike-penalty', grid, '--levels'],
    ['spike-code', values['spike-penalty'] > 0, '--spike-penalty above 0'],
    ['spike-code', values.activation === 'strelu', '--activation strelu: no other rests at -theta'],
    ['theta-decay', values['theta-rate'] > 0, '--theta-rate above 0'],
    ['theta-from', values.activation !== 'relu', 'an activation with a threshold (relu has none)'],
    [
      'theta-from',
      values['theta-rate'] === 0,
      '--theta-rate 0: a threshold that is trained finds its own width',
    ],
    ['theta-from', values.anneal > 0, '--anneal'],
    ['anneal', values['theta-from'] > 1, '--theta-from above 1'],
    ['shift', hasBatchNorms(values.model), `batch norms, and ${values.model} has none`],
    ['shift', values.from === null, 'a start without --from'],
    ['shift', values.activation !== 'relu', 'an activation with a threshold (relu has none)'],
    ['whiten', values.from === null, 'a start without --from'],
    ['balanced', values.from === null, 'a start without --from'],
    ['teacher-weight', values.teacher !== null, '--teacher'],
    ['temperature', values.teacher !== null, '--teacher'],
    ['teacher', values['teacher-weight'] > 0, '--teacher-weight above 0'],
    ['momentum', values.optimizer !== 'adam', '--optimizer sgd or muon'],
    ['plain-momentum', values.optimizer !== 'adam', '--optimizer sgd or muon'],
    ...(['muon-of', 'muon-iterations', 'weight-norm'] as const).map(
      (name) => [name, values.optimizer === 'muon', '--optimizer muon'] as const,
    ),
    ['layer-levels', values.activation !== 'relu', 'an activation with a threshold (relu has none)'],
    ['levels', values['layer-levels'] === null, 'a grid that is the same for all, without --layer-levels'],
    ['pooling', MOVABLE_POOLS.includes(values.model), `one of ${MOVABLE_POOLS.join(', ')}`],
    ['border', MOVABLE_POOLS.includes(values.model), `one of ${MOVABLE_POOLS.join(', ')}`],
    ['border', values.activation === 'strelu', '--activation strelu: no other rests below 0'],
    ['rest-head', values.activation === 'strelu', '--activation strelu: no other rests below 0'],
    ['dirac', values.from === null, 'a start without --from'],
    ['head-scale', values.from === null, 'a start without --from'],
    ['norm-scale', values.from === null, 'a start without --from'],
    ['norm-scale', hasBatchNorms(values.model), `batch norms, and ${values.model} has none`],
    ['fixed-scale', hasBatchNorms(values.model), `batch norms, and ${values.model} has none`],
    ['recompute-norms', hasBatchNorms(values.model), `batch norms, and ${values.model} has none`],
    [
      'first-bias-epochs',
      hasFirstBias(values.model),
      `a bias in the first layer, and ${values.model} has none`,
    ],
    ['lookahead-share', values.lookahead > 0, '--lookahead'],
    ['lookahead', values['lookahead-share'] < 1, '--lookahead-share below 1'],
    ['final-test', values.validation > 0, '--validation'],
    ['test-limit', values.validation === 0 || values['final-test'], '--final-test, with --validation'],
    ['flip', !values['alternate-flip'], 'images that --alternate-flip does not mirror already'],
  ];
  for (const [name, met, need] of needs)
    if (given.has(name) && !met)
      throw new UsageError(`--${name} would change nothing here: it needs ${need}`);
  const moves = [
    ...(values['theta-rate'] > 0 ? [`--theta-rate ${values['theta-rate']}`] : []),
    ...(values.anneal > 0 ? [`--anneal ${values.anneal}`] : []),
  ];
  if (values['rest-head'] && moves.length > 0)
    throw new UsageError(
      `--rest-head: expected thresholds that stay as they are, found ${moves.join(' and ')}; make that 0`,
    );
  if (values.anneal > values.epochs)
    throw new UsageError(
      `--anneal ${values.anneal}: expected at most the ${values.epochs} --epochs, or the thresholds would not reach their value`,
    );
  if (written.has('warmup') && values.warmup > values.epochs)
    throw new UsageError(
      `--warmup ${values.warmup}: expected at most the ${values.epochs} --epochs, or the rate would never reach its peak`,
    );
  if (written.has('first-bias-epochs') && values['first-bias-epochs'] > values.epochs)
    throw new UsageError(
      `--first-bias-epochs ${values['first-bias-epochs']}: expected at most the ${values.epochs} --epochs, or it would change nothing; 0: all`,
    );
  if (written.has('continuous-epochs') && values['continuous-epochs'] >= values.epochs)
    throw new UsageError(
      `--continuous-epochs ${values['continuous-epochs']}: expected fewer than the ${values.epochs} --epochs, or the grid would never come in`,
    );
  const levels = values['layer-levels'] === null ? [] : parseLevels(values['layer-levels']);
  const most = activationsIn(values.model);
  if (levels.length > most)
    throw new UsageError(
      `--layer-levels ${values['layer-levels']}: expected at most ${most} numbers, one for each activation of ${values.model}, found ${levels.length}; leave out the rest`,
    );
}
