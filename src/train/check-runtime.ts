/** @file Whether a model can be run where it is asked to: its tensors lie in the memory of one runtime, as long as that is open and they live. */
import { UsageError } from '../errors.ts';
import { runtimeClosed } from '../memory/runtime-closed.ts';
import type { Model } from '../nn/model.ts';
import type { Runtime } from '../runtime.ts';

/** @throws UsageError for a runtime that has been closed, and for a model of another one or one that has been freed */
export function checkRuntime({ heap, team }: Runtime, { architecture, tensors }: Model): void {
  if (team.closed) throw runtimeClosed();
  for (const { data } of tensors.values()) {
    if (heap.holds(data)) continue;
    const remedy = 'make it on this one: createModel or loadWeights';
    throw new UsageError(
      heap.owns(data)
        ? `${architecture.name}: expected a model, found one that disposeModel has freed; ${remedy}`
        : `${architecture.name}: expected a model in the memory of this runtime, found one of another; ${remedy}`,
    );
  }
}
