/**
 * @file Numbers that a layer has unless its author says otherwise.
 */

/** Added to the variance before its root is taken, and the weight of the newest batch in the running statistics. */
export const BATCH_NORM = { epsilon: 1e-5, momentum: 0.1 } as const;

/** Slope of tLeakyReLU below 0. */
export const LEAK = 0.01;

/** Levels of QCFS, which is never continuous. */
export const QCFS_LEVELS = 4;

/** What stands on a border, at most: beyond it currents would leave float32. */
export const MOST_PADDED = 1e30;
