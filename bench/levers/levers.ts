/**
 * @file What can be changed about training a network with a symmetric clip, one thing at a time, as the trainer's options.
 */
export interface Lever {
  readonly id: string;
  readonly says: string;
  /** Options of `strelu train` beyond the base. */
  readonly options: readonly string[];
  /** The id of a lever whose network it learns from. */
  readonly teacher?: string;
}

const strelu = ['--activation', 'strelu'];
/** One theta of 1 for good: the batch norm before it sets the scale. */
const fixed = [...strelu, '--theta-rate', '0'];
const shifted = [...fixed, '--shift', '1'];
const whitened = [...shifted, '--whiten'];

/** The first is what the symmetric ones are compared with. */
export function levers(epochs: number): readonly Lever[] {
  const half = String(Math.ceil(epochs / 2));
  return [
    { id: 'relu', says: 'ReLU: no threshold', options: ['--activation', 'relu'] },
    {
      id: 'trelu',
      says: 'tReLU, theta fixed at 2',
      options: ['--activation', 'trelu', '--theta-rate', '0'],
    },
    { id: 'learned', says: "stReLU, theta at the weights' rate", options: [...strelu, '--theta-rate', '1'] },
    { id: 'slow', says: 'stReLU, theta at 1/50 of the rate', options: [...strelu, '--theta-rate', '0.02'] },
    {
      id: 'channel',
      says: 'stReLU, theta per channel at 1/50 of the rate',
      options: [...strelu, '--theta-rate', '0.02', '--theta-per', 'channel'],
    },
    { id: 'fixed', says: 'stReLU, theta fixed at 1', options: fixed },
    {
      id: 'annealed',
      says: 'fixed, clip annealed in from 4 theta over the first half',
      options: [...fixed, '--theta-from', '4', '--anneal', half],
    },
    { id: 'balanced', says: 'fixed, sign-balanced initial weights', options: [...fixed, '--balanced'] },
    { id: 'half-shift', says: 'fixed, bias shifted by theta/2', options: [...fixed, '--shift', '0.5'] },
    { id: 'shift', says: 'fixed, bias shifted by theta (L20)', options: shifted },
    { id: 'whiten', says: 'shift, whitening first filters', options: whitened },
    {
      id: 'grid',
      says: 'shift, whitening, 4-level grid in the second half',
      options: [...whitened, '--levels', '4', '--continuous-epochs', half],
    },
    {
      id: 'ema',
      says: 'shift, whitening, moving average of the weights',
      options: [...whitened, '--ema', '0.998'],
    },
    {
      id: 'teacher',
      says: 'shift, whitening, the ReLU network as teacher',
      options: [...whitened, '--teacher-weight', '0.5', '--temperature', '3'],
      teacher: 'relu',
    },
  ];
}
