/**
 * @file Percent right after each step, on pictures whose classes are known.
 */
import { mapSize } from '../../nn/architecture.ts';
import { argmax } from '../../nn/argmax.ts';
import { simulate } from '../../snn/simulate.ts';
import { accuracyBySteps } from '../../snn/simulation.ts';
import type { Accuracy, AccuracyRequest } from '../protocol.ts';
import { broken } from './fault.ts';
import { annLogits, normalisedPicture } from './run-picture.ts';
import { samplePicture } from './sample.ts';
import { variantOf } from './variant.ts';
import { opened, type Workbench } from './workbench.ts';

/** Of the network's own test pictures. */
const SOME = 200;

export function accuracyOn(bench: Workbench, { pictures: given, settings }: AccuracyRequest): Accuracy {
  const { snn, images: kind, trained, data } = opened(bench);
  const pictures =
    given ?? Array.from({ length: Math.min(SOME, data?.test.count ?? 0) }, (_, i) => samplePicture(bench, i));
  const size = mapSize(snn.input);
  const images = new Float32Array(pictures.length * size);
  pictures.forEach(({ picture }, i) => {
    images.set(normalisedPicture(kind, picture), i * size);
  });
  const labels = pictures.map(({ label }) => label);
  const { steps, schedule, fault } = settings;
  const ran = broken(variantOf(snn, settings), fault);
  const result = simulate(ran, images, { steps, runtime: bench.runtime, ...(schedule && { schedule }) });
  const logits = trained ? annLogits(bench, trained.model, images) : null;
  const right = logits
    ? labels.filter((label, i) => argmax(logits, i * snn.classes, snn.classes) === label).length
    : 0;
  return {
    images: pictures.length,
    ann: logits && (100 * right) / pictures.length,
    snn: accuracyBySteps(result, labels),
  };
}
