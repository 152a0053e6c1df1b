/** @file What every node has that is computed from constants alone: its value, and a bound on how many it may make. */
import type { Constant } from '../../constant.ts';
import { type Call, neededConstant } from '../call.ts';
import { refuse } from '../place.ts';

/** The constant that a node gives. */
export type Fold = (call: Call) => Constant;

/** More values than any input has and than this are not made of constants. */
const LARGEST = 2 ** 20;

export const first = (call: Call): Constant => neededConstant(call, 0, 'a value');

export const like = ({ dims, type }: Constant, data: Constant['data']): Constant => ({ dims, data, type });

export function checkSize(call: Call, count: number, given: number): void {
  if (count <= Math.max(LARGEST, given)) return;
  refuse(call.place, `a constant of ${count} values is made of ${given}`, 'store it as an initialiser');
}
