/**
 * @file A dense ANN with weights of 8 bits beside what was measured against the 32-bit one: the same operations at other prices
 * (against-anns.ts), so that nothing is run again.
 */
import { jouleOfMac } from './against-anns.ts';
import { estimatorNamed } from './estimators.ts';

/** Multiply-accumulates of one image: of the ANN, and of the SNN's first layer. */
export interface Macs {
  readonly ann: number;
  readonly snn: number;
}

const [FP32, INT8] = ['horowitz-fp32', 'horowitz-int8'].map(estimatorNamed) as [Estimator, Estimator];
type Estimator = ReturnType<typeof estimatorNamed>;

/**
 * @param energyRatio SNN / dense 32-bit ANN, by Horowitz (2014)
 * @param bits of the ANN's activations behind the image
 * @returns SNN / that ANN, both with weights of 8 bits
 */
export function againstBits(energyRatio: number, { ann, snn }: Macs, bits: number): number {
  const accumulates = (energyRatio * FP32.annMac! * ann - FP32.snnMac * snn) / FP32.snnAc;
  const joule = INT8.snnMac * snn + INT8.snnAc * accumulates;
  return joule / (jouleOfMac(8) * snn + jouleOfMac(bits) * (ann - snn));
}
