/**
 * @file A thread that reads damaged files one after the other and says what came of each: the HDF5 library may run in circles on
 * damaged bytes, and only a thread can be stopped then.
 */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { InputError } from '../../src/errors.ts';
import { decodeNir } from '../../src/nir/file/decode-nir.ts';
import { importNir } from '../../src/nir/import/import-nir.ts';
import { Random } from '../../src/random/random.ts';

/** What the thread is given: which cases of which file. */
export interface FuzzTask {
  readonly file: string;
  readonly first: number;
  readonly count: number;
}

/** What came of one case; the error's text where it was not refused as it should be. */
export type FuzzOutcome = { readonly number: number; readonly outcome: 'read' | 'refused' | string };

const { file, first, count } = workerData as FuzzTask;
const whole = await readFile(new URL(file));
for (let number = first; number < count; number++) {
  const random = Random.seeded(number);
  const bytes = Uint8Array.from(whole);
  for (let n = 1 + random.integer(4); n > 0; n--) bytes[random.integer(bytes.length)] = random.integer(256);
  const damaged = random.integer(8) === 0 ? bytes.subarray(0, random.integer(bytes.length)) : bytes;
  parentPort!.postMessage({ number, outcome: await outcomeOf(damaged) } satisfies FuzzOutcome);
}

async function outcomeOf(bytes: Uint8Array): Promise<string> {
  try {
    importNir(await decodeNir(bytes, 'x.nir'), 'x.nir');
    return 'read';
  } catch (error) {
    const isOneLine = error instanceof InputError && !error.message.includes('\n');
    return isOneLine && error.message.startsWith('x.nir') ? 'refused' : String(error);
  }
}
