/**
 * @file Random cases for the laws of one neuron. All numbers are integers, or integers over a power of two, so that no sum is
 * ever rounded and equality means equality. theta is an even multiple of the unit, so theta / 2 is exact too.
 */
import fc from 'fast-check';

export interface NeuronCase {
  readonly theta: number;
  readonly v0: number;
  readonly currents: readonly number[];
}

export interface CaseOptions {
  /** The largest abs(I_t), in units of theta. */
  readonly current: number;
  /** The largest abs(v0), in units of theta. */
  readonly v0: number;
  /** True: abs(v0) stays strictly below its limit. */
  readonly strictV0?: boolean;
  readonly maxSteps?: number;
}

const raw = fc.integer({ min: -(2 ** 24), max: 2 ** 24 });

/** Maps a raw integer into [-limit, limit]; one in five becomes a limit itself, where laws have their edges. */
function within(value: number, limit: number): number {
  if (limit <= 0) return 0;
  return value % 5 === 0 ? Math.sign(value) * limit : value % (limit + 1);
}

/** Neurons with currents that vary in time. */
export function neuronCases(options: CaseOptions): fc.Arbitrary<NeuronCase> {
  return fc
    .record({
      half: fc.integer({ min: 1, max: 48 }),
      v0: raw,
      currents: fc.array(raw, { minLength: 1, maxLength: options.maxSteps ?? 24 }),
      exponent: fc.integer({ min: 0, max: 6 }),
    })
    .map(({ half, v0, currents, exponent }) => {
      const theta = 2 * half;
      const unit = 2 ** -exponent;
      const limit = Math.floor(options.v0 * theta) - (options.strictV0 ? 1 : 0);
      const reach = Math.floor(options.current * theta);
      return {
        theta: theta * unit,
        v0: within(v0, limit) * unit,
        currents: currents.map((current) => within(current, reach) * unit),
      };
    });
}

export interface ConstantCase {
  readonly theta: number;
  readonly x: number;
  readonly steps: number;
}

/** Neurons with one current for all T steps, of at most `reach` thetas. */
export function constantCases(reach: number): fc.Arbitrary<ConstantCase> {
  return fc
    .record({
      half: fc.integer({ min: 1, max: 48 }),
      x: raw,
      steps: fc.integer({ min: 1, max: 40 }),
      exponent: fc.integer({ min: 0, max: 6 }),
    })
    .map(({ half, x, steps, exponent }) => {
      const unit = 2 ** -exponent;
      return { theta: 2 * half * unit, x: within(x, Math.floor(reach * 2 * half)) * unit, steps };
    });
}
