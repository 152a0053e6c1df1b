/**
 * @file Where accuracy is lost: ANN -> folded -> quantised -> SNN. Each stage is compared with the labels and with the stage
 * before, so a loss has a place: folding, the T-level grid, or the order and size of spikes.
 */

export type StageName = 'ann' | 'folded' | 'quantised' | 'snn';

/** The class of each image according to one stage. */
export interface StagePredictions {
  readonly name: StageName;
  readonly predictions: ArrayLike<number>;
}

export interface Stage {
  readonly name: StageName;
  /** Percent. */
  readonly accuracy: number;
  /** Images whose class differs from the stage before; 0 for the first. */
  readonly mismatches: number;
  /** Points of accuracy lost against the stage before (negative: gained). */
  readonly lost: number;
}

export interface Stages {
  readonly stages: readonly Stage[];
  /** The stage that lost most, when any lost anything. */
  readonly lostAt: StageName | null;
}

/**
 * @example
 * compareStages([{ name: 'ann', predictions: [1, 2] }, { name: 'snn', predictions: [1, 0] }], [1, 2]).lostAt; // 'snn'
 */
export function compareStages(stages: readonly StagePredictions[], labels: ArrayLike<number>): Stages {
  const images = labels.length;
  const compared: Stage[] = [];
  stages.forEach(({ name, predictions }, k) => {
    let [right, mismatches] = [0, 0];
    for (let i = 0; i < images; i++) {
      if (predictions[i] === labels[i]) right++;
      if (k > 0 && predictions[i] !== stages[k - 1]!.predictions[i]) mismatches++;
    }
    const accuracy = (100 * right) / images;
    compared.push({ name, accuracy, mismatches, lost: k === 0 ? 0 : compared[k - 1]!.accuracy - accuracy });
  });
  const worst = compared.reduce<Stage | null>(
    (most, stage) => (stage.lost > (most?.lost ?? 0) ? stage : most),
    null,
  );
  return { stages: compared, lostAt: worst?.name ?? null };
}

/** The first index of the largest value: the class, as every engine decides it. */
export function classOf(logits: ArrayLike<number>): number {
  let best = 0;
  for (let c = 1; c < logits.length; c++) if (logits[c]! > logits[best]!) best = c;
  return best;
}
