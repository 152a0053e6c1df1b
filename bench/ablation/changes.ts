/**
 * @file What can be changed about training a network with a symmetric clip, one thing at a time.
 */
import type { TrainingRun } from '../../src/lab/index.ts';

export interface Change {
  readonly id: string;
  readonly says: string;
  /** What sets its training run apart from the common one. */
  readonly run: Partial<TrainingRun>;
  /** The id of an earlier change whose network it learns from. */
  readonly teacher?: string;
  /** Default: the activation's own. */
  readonly method?: string;
}

const strelu: Partial<TrainingRun> = { activation: 'strelu' };
/** One theta of 1 for good: the batch norm before it sets the scale. */
const fixed: Partial<TrainingRun> = { ...strelu, thetaRate: 0 };
const shifted: Partial<TrainingRun> = { ...fixed, shift: 1 };
const whitened: Partial<TrainingRun> = { ...shifted, whiten: true };

/** The first is what the symmetric ones are compared with. */
export function changes(epochs: number): readonly Change[] {
  const half = Math.ceil(epochs / 2);
  return [
    {
      id: 'relu',
      says: 'ReLU: no threshold',
      run: { activation: 'relu' },
      method: 'relu-percentile',
    },
    {
      id: 'trelu',
      says: 'tReLU, theta fixed at 2',
      run: { activation: 'trelu', thetaRate: 0 },
      method: 'trelu',
    },
    { id: 'learned', says: "stReLU, theta at the weights' rate", run: { ...strelu, thetaRate: 1 } },
    { id: 'slow', says: 'stReLU, theta at 1/50 of the rate', run: { ...strelu, thetaRate: 0.02 } },
    {
      id: 'channel',
      says: 'stReLU, theta per channel at 1/50 of the rate',
      run: { ...strelu, thetaRate: 0.02, thetaPer: 'channel' },
    },
    { id: 'fixed', says: 'stReLU, theta fixed at 1', run: fixed },
    {
      id: 'annealed',
      says: 'fixed, clip annealed in from 4 theta over the first half',
      run: { ...fixed, thetaFrom: 4, anneal: half },
    },
    { id: 'balanced', says: 'fixed, sign-balanced initial weights', run: { ...fixed, balanced: true } },
    { id: 'half-shift', says: 'fixed, bias shifted by theta/2', run: { ...fixed, shift: 0.5 } },
    { id: 'shift', says: 'fixed, bias shifted by theta (L20)', run: shifted },
    { id: 'whiten', says: 'shift, whitening first filters', run: whitened },
    {
      id: 'grid',
      says: 'shift, whitening, 4-level grid in the second half',
      run: { ...whitened, levels: 4, continuousEpochs: half },
    },
    {
      id: 'ema',
      says: 'shift, whitening, moving average of the weights',
      run: { ...whitened, ema: 0.998 },
    },
    {
      id: 'teacher',
      says: 'shift, whitening, the ReLU network as teacher',
      run: { ...whitened, teacherWeight: 0.5, temperature: 3 },
      teacher: 'relu',
    },
  ];
}
