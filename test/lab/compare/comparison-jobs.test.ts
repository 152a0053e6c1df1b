import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { comparisonJobs } from '../../../src/lab/compare/comparison-jobs.ts';
import { BASELINES, CONTENDERS } from '../../../src/lab/compare/contenders.ts';

const layered = CONTENDERS.filter(({ schedule }) => schedule === 'layered').map(({ id }) => id);

const cases = fc
  .record({
    baseline: fc.constantFrom(...BASELINES.filter((id) => layered.includes(id))),
    others: fc.subarray([...CONTENDERS]),
    known: fc.subarray(CONTENDERS.map(({ id }) => id)).map((ids) => new Set(ids)),
  })
  .map(({ baseline, others, known }) => ({
    baseline,
    known,
    contenders: CONTENDERS.filter((one) => one.id === baseline || others.includes(one)),
  }));

test('every contender that is not known has one job, behind those that it waits for; exact modes wait for no more', () => {
  fc.assert(
    fc.property(cases, ({ baseline, known, contenders }) => {
      const jobs = comparisonJobs(contenders, {
        ...{ baseline, known, decides: null },
        optionsFor: (trainings) => ({ networks: trainings.join(' ') }),
      });
      const stages = jobs.map(({ stage }) => stage);
      const wanted = contenders.filter(({ id }) => !known.has(id));
      assert.deepEqual(stages.toSorted(), wanted.map(({ id }) => id).toSorted());
      const contenderOf = (stage: string) => contenders.find(({ id }) => id === stage)!;
      const trained = new Set<string>();
      jobs.forEach((job, at) => {
        const { training, schedule } = contenderOf(job.stage);
        if (job.parent) assert.ok(jobs.indexOf(job.parent) < at, `${job.stage} before ${job.parent.stage}`);
        if (schedule === 'settling') {
          assert.equal(job.parent?.stage, known.has(baseline) ? undefined : baseline, job.stage);
          const before = stages.slice(0, at).map(contenderOf);
          const others = before.filter((one) => one.schedule === 'layered').map((one) => one.training);
          assert.equal(new Set(others).size, others.length, `${job.stage} behind two of one training`);
        } else {
          // one trains, the others find its network
          assert.equal(job.parent === null, !trained.has(training), job.stage);
          if (job.parent) assert.equal(contenderOf(job.parent.stage).training, training);
          trained.add(training);
        }
      });
    }),
  );
});
