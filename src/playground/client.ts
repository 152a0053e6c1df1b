/**
 * @file The page's end of the worker: questions become promises.
 */
import type { Question, Questions, Told, TrainProgress } from './protocol.ts';

export interface Client {
  /** @throws Error with the worker's words */
  ask<Q extends Question>(
    question: Q,
    ask: Questions[Q]['ask'],
    tell?: (progress: TrainProgress) => void,
  ): Promise<Questions[Q]['answer']>;
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  readonly tell: ((progress: TrainProgress) => void) | undefined;
}

export function createClient(worker: Worker): Client {
  const waiting = new Map<number, Waiting>();
  let next = 1;
  worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    const one = waiting.get(data.id);
    if (!one) return;
    if ('progress' in data) return one.tell?.(data.progress);
    waiting.delete(data.id);
    if ('error' in data) one.reject(new Error(data.error));
    else one.resolve(data.answer as never);
  });
  return {
    ask(question, ask, tell) {
      const id = next++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, tell });
        worker.postMessage({ id, question, ask });
      });
    },
  };
}
