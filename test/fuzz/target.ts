/**
 * @file What is asked of every reader, whatever it is given: it loads, or it throws the project's own error, in one short line;
 * in bounded time and memory, and without a trace elsewhere. What loads is written and read back equal, which each target checks.
 */
import process from 'node:process';
import type fc from 'fast-check';
import { UserError } from '../../src/errors.ts';

/** A reader, or another door through which something from outside comes in. */
export interface FuzzTarget<Input = unknown> {
  readonly name: string;
  /** What is read, for people. */
  readonly says: string;
  /** Most of them nearly right. */
  readonly inputs: fc.Arbitrary<Input>;
  /** Reads; where something could be read, also that it is written and read back equal. */
  read(input: Input): unknown;
  /** How many inputs a second it is worth, against the others. Default: 1. */
  readonly weight?: number;
}

/** A target whose kind of input only it knows. */
export const target = <Input>(one: FuzzTarget<Input>): FuzzTarget => one as FuzzTarget;

/** Seconds of the processor that one input may take in the long run, on a machine that does little else. */
export const MOST_SECONDS = 2;
/** Bytes that reading n bytes may allocate: this many, and so many times n. */
export const MOST_BYTES: number = 2 ** 26;
export const MOST_TIMES = 64;
/** Letters of a message. */
const LONGEST_MESSAGE = 2000;

export class Fault extends Error {}

/**
 * Gives the target one input.
 * @returns whether it loaded, or was refused by an error of the project's own
 * @throws Fault for anything else
 */
export async function judge(
  one: FuzzTarget,
  input: unknown,
  mostSeconds: number = MOST_SECONDS,
): Promise<'loads' | 'refused'> {
  const before = allocated();
  const cpu = process.cpuUsage();
  let outcome: 'loads' | 'refused' = 'loads';
  try {
    await one.read(input);
  } catch (error) {
    outcome = 'refused';
    checkError(error);
  }
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (user + system) / 1e6;
  if (seconds > mostSeconds) throw new Fault(`took ${seconds.toFixed(1)} s`);
  const bytes = allocated() - before;
  if (bytes > MOST_BYTES + MOST_TIMES * sizeOf(input)) throw new Fault(`allocated ${bytes} bytes`);
  checkPrototypes();
  return outcome;
}

function checkError(error: unknown): void {
  if (error instanceof Fault) throw error;
  if (!(error instanceof UserError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Fault(`an error that is not the project's own: ${stack}`, { cause: error });
  }
  const { message } = error;
  if (message.trim() === '' || message.includes('\n') || message.length > LONGEST_MESSAGE)
    throw new Fault(`a message that is not one short line: ${JSON.stringify(message.slice(0, 300))}`);
}

/** What was allocated and not collected yet: a ceiling of what is held, from which a collection only takes. */
function allocated(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function sizeOf(input: unknown): number {
  if (typeof input === 'string') return 2 * input.length;
  if (input instanceof Uint8Array) return input.length;
  if (Array.isArray(input)) return input.reduce((sum: number, part: unknown) => sum + sizeOf(part), 0);
  return 0;
}

const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype, Uint8Array.prototype];
const namesOf = (): string => PROTOTYPES.map((one) => Reflect.ownKeys(one).map(String).join()).join(';');
const NAMES = namesOf();

function checkPrototypes(): void {
  if (namesOf() !== NAMES) throw new Fault('a prototype has changed');
}
