/** @file A trained network with its batch norms folded into the weights before them, as plain data. */

import type { TrainedNetwork } from '../../nn/architecture.ts';
import { foldModel } from '../../nn/fold.ts';
import { disposeModel } from '../../nn/model.ts';
import { exportNetwork, withModel } from '../../nn/trained-network.ts';
import { createRuntime } from '../../runtime.ts';

/** @throws InputError when the weights do not belong to the architecture */
export function foldNetwork(network: TrainedNetwork): TrainedNetwork {
  const runtime = createRuntime({ workers: 1 });
  try {
    return withModel(runtime.heap, network, (model) => {
      const folded = foldModel(runtime.heap, model);
      const { architecture, weights } = exportNetwork(folded);
      disposeModel(runtime.heap, folded);
      return { ...network, architecture, weights };
    });
  } finally {
    runtime.close();
  }
}
