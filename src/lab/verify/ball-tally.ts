/**
 * @file Counts images whose class is proven for a whole ball around them.
 */
import { type ClaimedImage, certifyBallEach } from '../../proof/bounds/certify-ball.ts';
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
   * Adds some images.
   * @param images each with the class that the spiking network gave
   * @param labels their right classes
   */
  add(images: readonly ClaimedImage[], labels: readonly number[]): void {
    certifyBallEach(this.#network, images, this.#radius, this.#wiring).forEach(({ certified }, i) => {
      this.#images++;
      if (!certified) return;
      this.#certified++;
      if (images[i]!.claimed === labels[i]) this.#right++;
    });
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
