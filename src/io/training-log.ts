/**
 * @file A training as files that others draw: steps.csv, epochs.csv, and an event file that TensorBoard reads.
 */
import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.ts';
import { scalarsRecord, versionRecord } from '../format/tensorboard.ts';
import type { EpochEvent, StepEvent, TrainingLog } from '../train/fit.ts';
import { systemReason } from './files.ts';
import { makeFolder } from './require-folder.ts';
import { writeAtomic } from './write-atomic.ts';

const STEPS = 'step,epoch,loss,train_accuracy,images_per_second\n';
const EPOCHS = 'epoch,step,loss,train_accuracy,test_accuracy,images_per_second\n';

/**
 * Opens a log in a folder; files of an earlier run there are replaced, unless this one resumes it.
 * @param resumesAt the step of the checkpoint that an earlier run is resumed from: what that run logged after it is taken out
 * @param now seconds since 1970, for tests
 * @throws InputError when the folder cannot be written
 * @example
 * const log = await openTrainingLog(`${folder}/log`); // tensorboard --logdir FOLDER draws it
 * const options = { ...TRAIN_DEFAULTS, epochs: 1, batchSize: 10 };
 * (await fit(runtime, model, { train: dataset, test: dataset }, options, { log })).ended; // 'done'
 */
export async function openTrainingLog(
  folder: string,
  resumesAt: number | null = null,
  now: () => number = () => Date.now() / 1000,
): Promise<TrainingLog> {
  const path = (name: string): string => join(folder, name);
  const events = `events.out.tfevents.${String(resumesAt ?? 0).padStart(10, '0')}.strelu`;
  await makeFolder(folder);
  await writeAtomic(path('steps.csv'), await linesUpTo(path('steps.csv'), STEPS, resumesAt));
  await writeAtomic(path('epochs.csv'), await linesUpTo(path('epochs.csv'), EPOCHS, resumesAt));
  if (resumesAt === null) for (const old of await eventFiles(folder)) await rm(path(old));
  await writeAtomic(path(events), versionRecord(now()));
  const add = async (name: string, content: string | Uint8Array): Promise<void> => {
    try {
      await appendFile(path(name), content);
    } catch (error) {
      throw new InputError(`${path(name)}: cannot be written (${systemReason(error)})`);
    }
  };
  return {
    async step({ step, epoch, loss, trainAccuracy, imagesPerSecond }: StepEvent) {
      await add('steps.csv', `${[step, epoch, loss, trainAccuracy, imagesPerSecond.toFixed(1)].join()}\n`);
      await add(events, scalarsRecord(now(), step, { loss, 'accuracy/train': trainAccuracy }));
    },
    async epoch({ step, summary }: EpochEvent) {
      const { epoch, loss, trainAccuracy, testAccuracy, imagesPerSecond } = summary;
      const cells = [epoch, step, loss, trainAccuracy, testAccuracy, imagesPerSecond.toFixed(1)];
      await add('epochs.csv', `${cells.join()}\n`);
      await add(events, scalarsRecord(now(), step, { 'accuracy/test': testAccuracy, epoch }));
    },
  };
}

/** The lines of an earlier log up to a step; its header alone where there is nothing to keep. */
async function linesUpTo(path: string, header: string, step: number | null): Promise<string> {
  if (step === null) return header;
  const text = await readFile(path, 'utf8').catch(() => '');
  if (!text.startsWith(header)) return header;
  const column = header.trim().split(',').indexOf('step');
  const lines = text.slice(header.length).split('\n');
  const kept = lines.filter((line) => line !== '' && Number(line.split(',')[column]) <= step);
  return header + kept.map((line) => `${line}\n`).join('');
}

const eventFiles = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => /^events\.out\.tfevents\..*\.strelu$/.test(name));
