/**
 * @file Where a broken network's answer goes another way: its counts beside those of the sound network, layer by layer.
 */
import { argmax } from '../../nn/argmax.ts';
import type { Breakage } from '../protocol.ts';
import { faultSentence } from './fault.ts';
import { recordedRun } from './run-picture.ts';
import type { Run, Workbench } from './workbench.ts';

/** null where nothing was broken. */
export function breakageOf(bench: Workbench, run: Run): Breakage | null {
  const { sound, ran, settings, image, result } = run;
  if (ran === sound) return null;
  const unbroken = recordedRun(bench, sound, image, settings);
  const last = (result.steps - 1) * result.classes;
  const shown = {
    done: faultSentence(sound, settings.fault),
    before: argmax(unbroken.logits, last, result.classes),
    after: argmax(result.logits, last, result.classes),
  };
  for (const [l, { name, counts }] of result.record.entries()) {
    const others = unbroken.record[l]!.counts;
    if (!counts || !others) break;
    const differing = counts.reduce((sum, count, i) => sum + (count === others[i] ? 0 : 1), 0);
    if (differing > 0) return { ...shown, firstLayer: name, differing, neurons: counts.length };
  }
  const differs = result.logits.some((logit, i) => logit !== unbroken.logits[i]);
  const { name, shape } = sound.layers.at(-1)!;
  return { ...shown, firstLayer: differs ? name : null, differing: 0, neurons: shape[2] };
}
