import { loadPlot } from '../../../src/report/plot/load.ts';
import { report } from '../../../src/report/report-page.ts';
import { readRun } from '../../../src/report/runs/read-run.ts';
import { syntheticResults } from '../../report/fixture.ts';
import { nearlyJson } from '../mutate/json.ts';
import { Fault, type FuzzTarget, target } from '../target.ts';

const inputs = nearlyJson(...Object.values(syntheticResults('sample', 2)));

export const result: FuzzTarget = target({
  name: 'result',
  says: 'a result file of train, convert, simulate, verify or compare',
  inputs,
  read: (text: string) => readRun(text, 'r.json', 'r'),
});

export const page: FuzzTarget = target({
  name: 'page',
  says: 'the report of a result file: tables and figures as one page',
  weight: 0.02,
  inputs,
  async read(text: string) {
    const { html } = report(await plotter, [readRun(text, 'r.json', 'r')]);
    if (/<script|NaN|Infinity"/i.test(html))
      throw new Fault('a page with a script, or with a number that is none');
  },
});

const plotter = loadPlot();
