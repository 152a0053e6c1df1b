/**
 * @file Training for the usual case: it leaves the event loop room to breathe, calls back, stops early, saves checkpoints, and can be
 * aborted. `train` stays for those who want every step in their own hands.
 */
import type { Model } from '../nn/model.ts';
import type { Runtime } from '../runtime.ts';
import type { Checkpoint, EpochSummary } from './checkpoint.ts';
import { createEarlyStopping, type EarlyStopping } from './early-stopping.ts';
import type { TrainOptions } from './options.ts';
import { type TestingEvent, type TrainData, type TrainEvent, trainInParts } from './train.ts';

/** What is known after a step. */
export type StepEvent = Extract<TrainEvent, { kind: 'step' }>;
/** What is known at the end of an epoch. */
export type EpochEvent = Extract<TrainEvent, { kind: 'epoch' }>;

/** Where steps and epochs are written as they come: a file, TensorBoard (`openTrainingLog` of strelu/node). */
export interface TrainingLog {
  /** Called after each step; the training waits for it. */
  step(event: StepEvent): void | Promise<void>;
  /** Called after each epoch, when the test accuracy is known. */
  epoch(event: EpochEvent): void | Promise<void>;
}

/** How long to train, on what, and what to do on the way. */
export interface FitSettings {
  /** What an earlier run saved: it goes on there, to the same bits. */
  readonly resume?: Checkpoint | undefined;
  /** Aborted, the training ends after the step under way; the model holds what it has learned by then. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each step; the training waits for it. */
  readonly onStep?: ((event: StepEvent) => void | Promise<void>) | undefined;
  /** Called after each epoch, when the test accuracy is known. */
  readonly onEpoch?: ((event: EpochEvent) => void | Promise<void>) | undefined;
  /** Told of every step and epoch. */
  readonly log?: TrainingLog | undefined;
  /** Ends the training when the accuracy on `data.test` has stopped rising. Give validation images there, not test images. */
  readonly earlyStopping?: EarlyStopping | undefined;
  /** Called after each epoch, and within a long one every `checkpointSeconds`. */
  readonly save?: ((checkpoint: Checkpoint) => Promise<void>) | undefined;
  /** Default: 120. */
  readonly checkpointSeconds?: number | undefined;
  /**
   * Registers what is to be done if the program is about to end: a checkpoint of the newest step is saved. Returns what takes
   * that back, called when the training is over.
   */
  readonly beforeInterrupt?: ((act: () => Promise<string | undefined>) => () => void) | undefined;
}

/** What a training came to. */
export interface FitResult {
  /** What each epoch came to, those before a resumed checkpoint included. */
  readonly curve: readonly EpochSummary[];
  /** 'aborted' where `signal` ended it. */
  readonly ended: 'done' | 'stopped early' | 'aborted';
  /** With early stopping: the epoch whose weights the model holds now. */
  readonly bestEpoch?: number;
}

/** A training under way: await its result, or iterate over its events. */
export interface Fit extends AsyncIterable<TrainEvent>, PromiseLike<FitResult> {}

/**
 * Trains `model` in place.
 * @param options of the training itself; they fix its bits
 * @param settings what happens around it; they do not
 * @throws InputError when the loss is no number (names step and layer) or the data do not fit; UsageError for options that
 * contradict each other
 * @example
 * const options = { ...TRAIN_DEFAULTS, epochs: 2, batchSize: 10 };
 * const { curve, ended } = await fit(runtime, model, { train: dataset, test: dataset }, options);
 * curve.length; // 2
 * ended; // 'done'
 */
export function fit(
  runtime: Runtime,
  model: Model,
  data: TrainData,
  options: TrainOptions,
  settings: FitSettings = {},
): Fit {
  let begun = false;
  const begin = (): AsyncGenerator<TrainEvent, FitResult, void> => {
    if (begun) throw new Error('fit: expected one await or one loop over a training, found a second');
    begun = true;
    return follow(runtime, model, data, options, settings);
  };
  return {
    [Symbol.asyncIterator]: begin,
    // biome-ignore lint/suspicious/noThenProperty: awaiting a training is what it is for
    then: (resolve, reject) => finish(begin()).then(resolve, reject),
  };
}

async function finish(events: AsyncGenerator<TrainEvent, FitResult, void>): Promise<FitResult> {
  for (;;) {
    const { done, value } = await events.next();
    if (done) return value;
  }
}

async function* follow(
  runtime: Runtime,
  model: Model,
  data: TrainData,
  options: TrainOptions,
  settings: FitSettings,
): AsyncGenerator<TrainEvent, FitResult, void> {
  const { resume, signal, onStep, onEpoch, log, save, checkpointSeconds = 120 } = settings;
  const stopping = settings.earlyStopping ? createEarlyStopping(settings.earlyStopping, model) : null;
  let curve: readonly EpochSummary[] = resume?.curve ?? [];
  let saved = performance.now();
  const result = (ended: FitResult['ended']): FitResult => {
    const bestEpoch = stopping?.restore() ?? null;
    return { curve, ended, ...(bestEpoch !== null && { bestEpoch }) };
  };
  let newest: TrainEvent | TestingEvent | null = null;
  /** The end of the program waits for its checkpoint, and the training does not get in its way. */
  let paused: Promise<void> | null = null;
  const forget = settings.beforeInterrupt?.(async () => {
    if (!newest || !save) return undefined;
    const saving = save(newest.checkpoint());
    paused = saving.catch(() => undefined);
    await saving;
    return `a checkpoint of step ${newest.step} of ${newest.totalSteps} is saved`;
  });
  try {
    if (signal?.aborted) return result('aborted');
    for (const event of trainInParts(runtime, model, data, options, resume)) {
      newest = event;
      if (event.kind === 'testing') {
        await breath();
        await paused;
        continue;
      }
      if (save && (event.kind === 'epoch' || performance.now() - saved >= 1000 * checkpointSeconds)) {
        await save(event.checkpoint());
        saved = performance.now();
      }
      if (event.kind === 'step') {
        await onStep?.(event);
        await log?.step(event);
      } else {
        curve = event.curve;
        await onEpoch?.(event);
        await log?.epoch(event);
      }
      yield event;
      await breath();
      await paused;
      if (signal?.aborted) return result('aborted');
      if (event.kind === 'epoch' && stopping?.hasEnough(event)) return result('stopped early');
    }
    return result('done');
  } finally {
    forget?.();
  }
}

/** Lets signals, timers and the page have their turn: a message to oneself comes after what is waiting. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
