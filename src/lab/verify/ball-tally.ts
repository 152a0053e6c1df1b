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
  #certifiedRight = 0;

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
      if (images[i]!.claimed === labels[i]) this.#certifiedRight++;
    });
  }

  /** What was counted so far; the tally begins anew. */
  take(): BallResult {
    const { result } = this;
    [this.#images, this.#certified, this.#certifiedRight] = [0, 0, 0];
    return result;
  }

  /** Adds what another tally took. */
  absorb({ images, certified, certifiedRight }: BallResult): void {
    this.#images += images;
    this.#certified += certified;
    this.#certifiedRight += certifiedRight;
  }

  get result(): BallResult {
    return {
      radius: this.#radius,
      images: this.#images,
      certified: this.#certified,
      certifiedRight: this.#certifiedRight,
    };
  }
}
