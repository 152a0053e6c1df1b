/**
 * @file How a law becomes a test. Under a test runner every part of a law is one test; `npm run laws` collects the same
 * parts and prints what they measured. So its table can never say more than the tests do.
 */
import test from 'node:test';
import fc from 'fast-check';

/** How near a case came to the bound of its law. */
export interface Measured {
  readonly value: number;
  /** The test fails unless value <= bound. A law with a strict bound checks that itself. */
  readonly bound: number;
}

/** Returned when the premise does not hold for a case. A law that skips most of its cases fails as vacuous. */
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

/** From now on parts are collected instead of being registered as tests. @returns the list, which grows as files are imported */
export function collectLaws(): readonly Part[] {
  collected ??= [];
  return collected;
}

const environment = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env;

/** Cases for one property of one neuron. Whole networks are slower, so their laws ask for fewer. */
const USUAL = 2000;

/** @returns `usual`, scaled by STRELU_LAW_CASES / 2000 where that variable is set */
export function caseCount(usual: number): number {
  const asked = Number(environment?.STRELU_LAW_CASES ?? Number.NaN);
  return Number.isInteger(asked) && asked > 0 ? Math.ceil((asked * usual) / USUAL) : usual;
}

/** The seed of all laws is STRELU_LAW_SEED, or else a fixed one, so that a failure can be repeated. */
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

/** Checks named cases, each once: the edges of a law, or the counterexample that proves a negative law. */
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

/** Says what broke first, then gives the counterexample, shortened because whole networks are long. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `${error.cause.message}\n` : '';
  return cause + error.message.slice(0, 1500);
}

/** Throws unless two numbers are exactly equal; 0 and -0 count as one number. */
export function same(found: number, expected: number, what: string): void {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
}

/** Throws "expected ..." unless the condition holds. */
export function holds(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`expected ${what}`);
}
