/**
 * @file What the networks learned: curves of all training runs.
 */
import { fixed, percent } from '../format.ts';
import { htmlTable, type Section } from '../html-page.ts';
import { learningFigure, lossFigure } from '../plot/learning-figure.ts';
import type { Plotter } from '../plot/load.ts';
import type { TrainRun } from '../runs/run.ts';
import type { Column } from '../table.ts';
import { learningTable } from '../tables.ts';
import { portions } from './portions.ts';
import { profileContent } from './profile.ts';

const COLUMNS: readonly Column[] = [
  { title: 'run', align: 'left' },
  { title: 'data set', align: 'left' },
  { title: 'model', align: 'left' },
  { title: 'activation', align: 'left' },
  { title: 'levels', align: 'right' },
  { title: 'epochs', align: 'right' },
  { title: 'test %', align: 'right' },
  { title: 'images/s', align: 'right' },
];

type Config = TrainRun['config'];

const isHeldOut = ({ validation }: Config): boolean => typeof validation === 'number' && validation > 0;

/** The test images were never measured. */
const isJudgedOnly = (config: Config): boolean => isHeldOut(config) && config['final-test'] !== true;

/** The images that were looked at after each epoch. */
const watched = ({ config }: TrainRun): 'test' | 'validation' => (isHeldOut(config) ? 'validation' : 'test');

export function trainingSection(plotter: Plotter, runs: readonly TrainRun[]): Section {
  const curves = runs.map((run) => ({ name: run.name, curve: run.train.curve, split: watched(run) }));
  const rows = runs.map(({ name, config, train, ann }) => [
    name,
    ...(['dataset', 'model', 'activation', 'levels'] as const).map((key) => String(config[key] ?? '-')),
    String(train.curve.length),
    percent(ann.accuracy) + (isJudgedOnly(config) ? ' (validation)' : ''),
    fixed(train.imagesPerSecond, 0),
  ]);
  const [only] = runs;
  const table = learningTable(only!.train.curve, watched(only!));
  return {
    title: 'Training',
    content: [
      ...portions(curves).flatMap((part, i) => [
        learningFigure(plotter, `learning-${i + 1}`, part),
        lossFigure(plotter, `loss-${i + 1}`, part),
      ]),
      ...profileContent(plotter, 'profile', runs),
      htmlTable('Training runs.', COLUMNS, rows),
      ...(runs.length === 1 ? [htmlTable('Epoch by epoch.', table.columns, table.rows)] : []),
    ],
  };
}
