/** @file Everything that is fuzzed: one file for each kind of input in targets/, one line here. */
import type { FuzzTarget } from './target.ts';
import { checkpoint } from './targets/checkpoint.ts';
import { cifar } from './targets/cifar.ts';
import { csv } from './targets/csv.ts';
import { json } from './targets/json.ts';
import { manifest } from './targets/manifest.ts';
import { idxFile, mnist } from './targets/mnist.ts';
import { model } from './targets/model.ts';
import { network } from './targets/network.ts';
import { nir } from './targets/nir.ts';
import { nirGraph } from './targets/nir-graph.ts';
import { npy } from './targets/npy.ts';
import { npz } from './targets/npz.ts';
import { onnx } from './targets/onnx.ts';
import { jpeg, png } from './targets/pictures.ts';
import { pretrained } from './targets/pretrained.ts';
import { page, result } from './targets/result.ts';
import { safetensors } from './targets/safetensors.ts';
import { snn } from './targets/snn.ts';
import { stateDict } from './targets/state-dict.ts';
import { study } from './targets/study.ts';
import { tar, tarGzip } from './targets/tar.ts';
import { commandLine } from './targets/words.ts';

export const TARGETS: readonly FuzzTarget[] = [
  json,
  safetensors,
  model,
  snn,
  checkpoint,
  network,
  manifest,
  pretrained,
  result,
  page,
  idxFile,
  mnist,
  cifar,
  npy,
  npz,
  csv,
  png,
  jpeg,
  onnx,
  nir,
  nirGraph,
  stateDict,
  study,
  tar,
  tarGzip,
  commandLine,
];
