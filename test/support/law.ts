/**
 * @file How a theorem becomes a test. Under a test runner every part of a law is one test; `npm run laws` collects
 * the same parts and prints what they measured. So the table can never say more than the tests do.
 */
import test from 'node:test';
import fc from 'fast-check';

/** How near a case came to the bound of its law. */
export interface Measured {
  readonly value: number;
  /** value <= bound must hold; a strict bound is checked by the law itself. */
  readonly bound: number;
}

/** The premise does not hold for this case; a law whose cases are mostly skipped fails as vacuous. */
export const SKIPPED: unique symbol = Symbol('skipped');

export type Outcome = Measured | typeof SKIPPED | undefined;

export interface PartResult {
  readonly id: string;
  readonly says: string;
  readonly cases: number;
  readonly holds: boolean;
  readonly worst: number | null;
  readonly bound: number | null;
  readonly failure: string | null;
}

export interface Part {
  readonly id: string;
  readonly says: string;
  run(): PartResult;
}

let collected: Part[] | undefined;

/** From now on parts are put aside instead of being registered as tests; returns the growing list. */
export function collectLaws(): readonly Part[] {
  collected ??= [];
  return collected;
}

const environment = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env;

/** Cases for one property of a neuron; whole networks are slower and get a smaller share, in proportion. */
const USUAL = 2000;

/** STRELU_LAW_CASES in proportion to `usual`, else `usual`. */
export function caseCount(usual: number): number {
  const asked = Number(environment?.STRELU_LAW_CASES ?? Number.NaN);
  return Number.isInteger(asked) && asked > 0 ? Math.ceil((asked * usual) / USUAL) : usual;
}

/** Seed for all laws: STRELU_LAW_SEED, else a fixed one, so that a failure can be repeated. */
const seed = Number(environment?.STRELU_LAW_SEED ?? 20230435);

/**
 * A property that must hold for every case.
 * @param check throws where the law is broken; may return how near the case came to the bound
 */
export function law<T>(
  id: string,
  says: string,
  cases: fc.Arbitrary<T>,
  check: (value: T) => Outcome,
  usual: number = USUAL,
): void {
  register(id, says, (note) => {
    fc.assert(
      fc.property(cases, (value) => note(check(value))),
      { numRuns: caseCount(usual), seed },
    );
  });
}

/** Named cases, each once: the edges of a law, or the counterexample that a negative law is. */
export function example(id: string, says: string, check: () => Outcome): void {
  register(id, says, (note) => note(check()));
}

type Note = (measured: Outcome) => void;

function register(id: string, says: string, body: (note: Note) => void): void {
  const part = { id, says, run: () => run(id, says, body) };
  if (collected) {
    collected.push(part);
    return;
  }
  test(`${id} ${says}`, () => {
    const { failure } = part.run();
    if (failure !== null) throw new Error(failure);
  });
}

function run(id: string, says: string, body: (note: Note) => void): PartResult {
  let cases = 0;
  let skipped = 0;
  let worst: Measured | undefined;
  const note: Note = (measured) => {
    if (measured === SKIPPED) {
      skipped++;
      return;
    }
    cases++;
    if (!measured) return;
    if (!(measured.value <= measured.bound))
      throw new Error(`${id}: expected at most ${measured.bound}, found ${measured.value}`);
    if (!worst || measured.value / measured.bound > worst.value / worst.bound) worst = measured;
  };
  let failure: string | null = null;
  try {
    body(note);
    if (cases < skipped) throw new Error(`${id}: vacuous, the premise held in only ${cases} cases`);
  } catch (error) {
    failure = describe(error);
  }
  return {
    id,
    says,
    cases,
    holds: failure === null,
    worst: worst?.value ?? null,
    bound: worst?.bound ?? null,
    failure,
  };
}

/** What broke first, then the (shortened) counterexample: whole networks are long. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `${error.cause.message}\n` : '';
  return cause + error.message.slice(0, 1500);
}

/** Exact equality of numbers; 0 and -0 are one number. */
export function same(found: number, expected: number, what: string): void {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
}

export function holds(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`expected ${what}`);
}
