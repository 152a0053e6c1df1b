import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { BallTally } from '../../../src/lab/verify/ball-tally.ts';
import { certifyBall } from '../../../src/proof/bounds/certify-ball.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { analogueCurrents, wiringOf } from '../../../src/snn/wiring.ts';
import { randomImages, randomTrainedNetwork } from '../../support/random-network.ts';

const seed = fc.integer({ min: 1, max: 1_000_000 });

test('balls are counted as they are certified, fewer the wider they are', () => {
  let counted = 0;
  fc.assert(
    fc.property(seed, (seed) => {
      const trained = randomTrainedNetwork(seed);
      const { snn } = convert(trained);
      const image = randomImages(trained, 1, seed);
      const [claimed] = simulate(snn, image, { steps: 1 }).predictions;
      const found = [0.001, 0.1, 1000].map((radius) => {
        const tally = new BallTally(snn, radius, wiringOf(snn));
        const one = { constant: analogueCurrents(snn, image), claimed: claimed! };
        tally.add([one, one], [claimed!, claimed! + 1]);
        const { certified, certifiedRight, images } = tally.result;
        assert.equal(images, 2);
        assert.equal(certified, 2 * certifiedRight);
        assert.equal(certified === 2, certifyBall(snn, image, radius, claimed!).certified);
        return certified;
      });
      assert.ok(found[0]! >= found[1]! && found[1]! >= found[2]!);
      counted += found[0]!;
    }),
    { numRuns: 30 },
  );
  assert.ok(counted > 0 && counted < 60, `${counted} of 60`);
});
