/** @file All faults. */
import { CONVERSION_FAULTS } from './conversion.ts';
import { DATA_FAULTS } from './data.ts';
import { ENGINE_FAULTS } from './engine.ts';
import type { Fault } from './fault.ts';
import { FIGURE_FAULTS } from './figures.ts';
import { FILE_FAULTS } from './files.ts';
import { GEOMETRY_FAULTS } from './geometry.ts';
import { NEURON_FAULTS } from './neuron.ts';
import { NIR_FAULTS } from './nir.ts';
import { ONNX_FAULTS } from './onnx.ts';
import { PLAYGROUND_FAULTS } from './playground.ts';
import { PROOF_FAULTS } from './proof.ts';
import { READER_FAULTS } from './reader.ts';
import { SIMD_FAULTS } from './simd.ts';
import { TENSOR_FAULTS } from './tensor.ts';
import { TRAINING_FAULTS } from './training.ts';

export const FAULTS: readonly Fault[] = [
  ...NEURON_FAULTS,
  ...CONVERSION_FAULTS,
  ...PLAYGROUND_FAULTS,
  ...ENGINE_FAULTS,
  ...SIMD_FAULTS,
  ...PROOF_FAULTS,
  ...TENSOR_FAULTS,
  ...TRAINING_FAULTS,
  ...NIR_FAULTS,
  ...GEOMETRY_FAULTS,
  ...ONNX_FAULTS,
  ...DATA_FAULTS,
  ...READER_FAULTS,
  ...FILE_FAULTS,
  ...FIGURE_FAULTS,
];
