/**
 * @file Options that once had another name: checkpoints and model files that were written then are read as if they had
 * today's.
 */

const WORDS: Readonly<Record<string, string>> = {
  batch: 'batch-size',
  rate: 'lr',
  smoothing: 'label-smoothing',
};

const OPTIONS: Readonly<Record<string, string>> = {
  batch: 'batchSize',
  rate: 'learningRate',
  smoothing: 'labelSmoothing',
};

/**
 * The command's options under the names that they have now.
 * @example
 * presentWords({ rate: 0.1, epochs: 3 }); // { lr: 0.1, epochs: 3 }
 */
export const presentWords = (values: Values): Values => renamed(values, WORDS);

/**
 * The trainer's options under the names that they have now.
 * @example
 * presentOptions({ rate: 0.1, epochs: 3 }); // { learningRate: 0.1, epochs: 3 }
 */
export const presentOptions = (values: Values): Values => renamed(values, OPTIONS);

type Values = Readonly<Record<string, unknown>>;

function renamed(values: Values, names: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [names[name] ?? name, value]));
}
