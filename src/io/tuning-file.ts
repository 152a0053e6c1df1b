/**
 * @file The times of layers in a file, kept between runs: what is faster on one machine may not be on another, so that each machine
 * has its own part.
 */
import { readFields } from '../format/fields.ts';
import { TUNING_FORMAT } from '../format/format-names.ts';
import type { TuningTable } from '../snn/tuning-table.ts';
import { lockFile } from './file-lock.ts';
import { isFile, readJson } from './files.ts';
import { writeAtomic } from './write-atomic.ts';

/** Of all times. */
const UNIT = 'milliseconds of an image';

type Machines = Map<string, TuningTable>;

/**
 * What the file has for a machine; nothing where there is no file yet.
 * @throws InputError naming the field, when the file is damaged or something else
 */
export async function readTuning(path: string, machine: string): Promise<TuningTable> {
  return new Map((await readMachines(path)).get(machine));
}

/**
 * Adds a machine's times to the file; other machines' stay as they are, and so does what other runs have added since they were read: the
 * file is locked meanwhile.
 * @param wait is told once who has it locked
 * @throws InputError when the file is something else by now, or cannot be written
 */
export async function writeTuning(
  path: string,
  machine: string,
  table: TuningTable,
  wait: (holder: string) => void = () => undefined,
): Promise<void> {
  const lock = await lockFile(path, { wait });
  try {
    const machines = await readMachines(path);
    machines.set(machine, new Map([...(machines.get(machine) ?? []), ...table]));
    await writeAtomic(path, tuningText(machines));
  } finally {
    lock.release();
  }
}

/** The file's content. */
export function tuningText(machines: Machines): string {
  const parts = [...machines].map(([name, times]) => [name, Object.fromEntries(times)] as const);
  return `${JSON.stringify({ format: TUNING_FORMAT, unit: UNIT, machines: Object.fromEntries(parts) }, null, 1)}\n`;
}

async function readMachines(path: string): Promise<Machines> {
  if (!(await isFile(path))) return new Map();
  return readFields(await readJson(path), path, (fields) => {
    fields.choice('format', [TUNING_FORMAT]);
    fields.choice('unit', [UNIT]);
    const machines = fields.object('machines');
    return new Map(
      machines.names().map((machine) => {
        const layers = machines.object(machine);
        const times = layers.names().map((layer) => {
          const both = layers.object(layer);
          return [layer, { events: both.number('events', 0), products: both.number('products', 0) }] as const;
        });
        return [machine, new Map(times)];
      }),
    );
  });
}
