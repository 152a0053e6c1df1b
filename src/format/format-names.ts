/** @file The names of the formats, as the metadata of files has them. Alone here: who only asks what a file is needs no reader. */

/** A trained network. */
export const MODEL_FORMAT = 'strelu-ann';
/** A spiking network. */
export const SNN_FORMAT = 'strelu-snn';
/** A training run that can be resumed. */
export const CHECKPOINT_FORMAT = 'strelu-checkpoint';
/** Times of layers on some machines. */
export const TUNING_FORMAT = 'strelu-tuning';
