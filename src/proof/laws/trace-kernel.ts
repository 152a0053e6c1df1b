/**
 * @file The loop of follow.ts for two neurons at once, in float64: every sum rounds as in JavaScript and has the same order, so that
 * the bits are the same.
 */
import {
  defineTask,
  f64x2,
  i32,
  type Local,
  ModuleBuilder,
  v128,
} from '../../kernels/assembler/assembler.ts';
import { loadedOnce } from '../../kernels/loaded-once.ts';
import type { Heap } from '../../memory/heap.ts';
import type { Program, Team } from '../../memory/team.ts';
import { UNIT } from './follow.ts';

/** Neurons of one task: an even number. */
export const NEURONS_OF_TASK = 512;
/** What lies in memory as float64, [neurons] each, one after the other: what is given, then what is found. */
export const GIVEN = ['theta', 'v0'] as const;
export const FOUND = [
  'sumCurrent',
  'maxAbsCurrent',
  'overloadBound',
  'potential',
  'maxAbsPotential',
  'roundoff',
  'overloads',
] as const;
type Found = (typeof FOUND)[number];

/** The name of the entry. */
export const ENTRY = 'trace';
/**
 * What it is called with:
 *
 *     neurons       an even number
 *     steps         T
 *     accumulated   1: what was received before the first spike is reached at once
 *     currents, membrane, spikes   [T, neurons]: float32, float32, int8
 *     phi           a float64: W_t is at least phi * theta
 *     numbers       GIVEN and FOUND
 *     counts        [neurons], int32
 */
const PARAMETERS = [
  'neurons',
  'steps',
  'accumulated',
  'currents',
  'membrane',
  'spikes',
  'phi',
  'numbers',
  'counts',
] as const;

export const traceProgram: (heap: Heap, team: Team) => Program = loadedOnce((shared) => {
  const builder = new ModuleBuilder({ shared });
  defineTrace(builder);
  return builder.bytes();
});

function defineTrace(builder: ModuleBuilder): void {
  defineTask(builder, ENTRY, PARAMETERS, (f, p) => {
    const neuron = f.let(i32.mul(p.task, NEURONS_OF_TASK));
    const end = f.let(i32.min_s(i32.add(neuron, NEURONS_OF_TASK), p.neurons));
    const numberBytes = f.let(i32.mul(p.neurons, 8));
    const floatBytes = f.let(i32.mul(p.neurons, 4));
    const [current, membrane, spikes, step, at, first, second] = f.locals(7, 'i32');
    const vector = (): Local<'v128'> => f.local('v128');
    const [height, least, v, x, size] = [vector(), vector(), vector(), vector(), vector()];
    const found = Object.fromEntries(FOUND.map((name) => [name, vector()])) as Record<Found, Local<'v128'>>;
    const { sumCurrent, maxAbsCurrent, overloadBound, maxAbsPotential, roundoff, overloads } = found;
    const start = vector();
    f.while(i32.lt_s(neuron, end), () => {
      f.set(at, i32.add(p.numbers, i32.mul(neuron, 8)));
      f.set(height, v128.load(at));
      f.set(start, v128.load(i32.add(at, numberBytes)));
      f.set(least, f64x2.mul(v128.load64_splat(p.phi), height));
      for (const local of Object.values(found)) f.set(local, f64x2.splat(0));
      f.set(overloadBound, f64x2.abs(start));
      f.set(v, start);
      f.set(first, 0);
      f.set(second, 0);
      f.set(current, i32.add(p.currents, i32.mul(neuron, 4)));
      f.set(membrane, i32.add(p.membrane, i32.mul(neuron, 4)));
      f.set(spikes, i32.add(p.spikes, neuron));
      f.set(step, 0);
      f.while(i32.lt_s(step, p.steps), () => {
        f.set(x, f64x2.promote_low_f32x4(v128.load64_zero(current)));
        f.set(size, f64x2.abs(x));
        f.set(sumCurrent, f64x2.add(sumCurrent, x));
        f.set(maxAbsCurrent, f64x2.max(maxAbsCurrent, size));
        f.set(overloadBound, f64x2.max(least, f64x2.sub(f64x2.add(overloadBound, size), height)));
        f.set(overloads, f64x2.add(overloads, v128.and(f64x2.lt(height, size), f64x2.splat(1))));
        // x becomes abs(m), m before a spike
        f.if(
          p.accumulated,
          () => f.set(x, f64x2.abs(f64x2.add(start, sumCurrent))),
          () => f.set(x, f64x2.abs(f64x2.add(v, x))),
        );
        f.set(v, f64x2.promote_low_f32x4(v128.load64_zero(membrane)));
        f.set(size, f64x2.abs(v));
        f.set(maxAbsPotential, f64x2.max(maxAbsPotential, size));
        f.set(roundoff, f64x2.add(roundoff, f64x2.mul(f64x2.add(x, size), f64x2.splat(UNIT))));
        f.set(first, i32.add(first, i32.load8_s(spikes)));
        f.set(second, i32.add(second, i32.load8_s(spikes, 1)));
        f.advance(current, floatBytes);
        f.advance(membrane, floatBytes);
        f.advance(spikes, p.neurons);
        f.advance(step, 1);
      });
      f.set(found.potential, v);
      f.advance(at, numberBytes);
      for (const name of FOUND) {
        f.advance(at, numberBytes);
        f.do(v128.store(at, found[name]));
      }
      f.set(at, i32.add(p.counts, i32.mul(neuron, 4)));
      f.do(i32.store(at, first));
      f.do(i32.store(at, second, 4));
      f.advance(neuron, 2);
    });
  });
}
