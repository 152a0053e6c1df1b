/**
 * @file Counts images whose class is proven for a whole ball around them.
 */
import { certifyBall } from '../../proof/bounds/certify-ball.ts';
import type { BallResult } from '../../report/verification-report.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { LayerWiring } from '../../snn/wiring.ts';

export class BallTally {
  readonly #network: SpikingNetwork;
  readonly #radius: number;
  readonly #wiring: readonly LayerWiring[];
  #images = 0;
  #certified = 0;
  #right = 0;

  constructor(network: SpikingNetwork, radius: number, wiring: readonly LayerWiring[]) {
    this.#network = network;
    this.#radius = radius;
    this.#wiring = wiring;
  }

  /**
   * @param image [height, width, channels], normalised
   * @param claimed class that the spiking network gave
   */
  add(image: Float32Array<ArrayBufferLike>, claimed: number, label: number): void {
    this.#images++;
    if (!certifyBall(this.#network, image, this.#radius, claimed, this.#wiring).certified) return;
    this.#certified++;
    if (claimed === label) this.#right++;
  }

  get result(): BallResult {
    return {
      radius: this.#radius,
      images: this.#images,
      certified: this.#certified,
      certifiedRight: this.#right,
    };
  }
}
