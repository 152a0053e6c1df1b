/**
 * @file `verify`: the laws on this very network and these very images, and where accuracy was lost.
 */

import type { Dataset } from '../../data/dataset.ts';
import { loadModel } from '../../io/model-file.ts';
import { networkPath } from '../../io/pretrained.ts';
import { loadSnn } from '../../io/snn-file.ts';
import { verifyNetwork } from '../../lab/verify/verify-network.ts';
import { anatomyText } from '../../report/anatomy-table.ts';
import { fixed, percent, significant } from '../../report/format.ts';
import { textTable } from '../../report/table.ts';
import { lawTable, layerTable, stageTable } from '../../report/tables.ts';
import type { BallResult, VerificationReport } from '../../report/verification-report.ts';
import { real } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { openTestSet, TEST_SET_OPTIONS } from '../options/dataset.ts';
import { openRuntime } from '../options/runtime.ts';
import { SIMULATION_OPTIONS, simulationRequest } from '../options/simulation.ts';
import { openTuning } from '../options/tuning.ts';

export const verify: Command = defineCommand({
  name: 'verify',
  summary: 'checks the laws on this very network and data; locates any loss by stage and layer',
  description:
    'Runs the spiking network with every current and potential recorded and checks on each neuron what theory says must hold: ' +
    'conservation, the count law where its premise holds (and how often it does), the bound under overload, the bound on the ' +
    'logits. Then compares the stages trained, folded, quantised, spiking. A law that does not hold is exit status 1.',
  positionals: [
    {
      name: 'MODEL',
      help: 'the trained network, a file that train wrote, or pretrained:NAME',
      pretrained: true,
    },
    { name: 'SNN', help: 'what convert made of it' },
  ],
  options: {
    ...TEST_SET_OPTIONS,
    ...SIMULATION_OPTIONS,
    ball: real(
      0,
      'also try to prove that the folded network gives the same class to every image that differs by at most X in each value, after normalisation; 0: not',
    ),
  },
  examples: [
    {
      line: 'strelu verify runs/digits.safetensors runs/digits.snn.safetensors --limit 500',
      says: 'on 500 test images, T = 8',
    },
    {
      line: 'strelu verify runs/lenet.safetensors runs/lenet.snn.safetensors --steps 32 --json runs/verify.json',
      says: 'at T = 32, with everything as JSON',
    },
    {
      line: 'strelu verify runs/lenet.safetensors runs/lenet.snn.safetensors --limit 100 --ball 0.01',
      says: 'and of how many images the whole neighbourhood is proven to have one class',
    },
  ],
  async run(call) {
    const [modelPath, snnPath] = call.positionals;
    const { options, config, progress, print } = call;
    const tuning = await openTuning(call, options.tune);
    const trained = await loadModel(await networkPath(modelPath!));
    const network = await loadSnn(snnPath!);
    const { dataset, words } = await openTestSet(call, network);
    const request = simulationRequest(network, options, call.given, { tune: tuning?.table ?? null });
    const { steps, schedule } = request;
    config.schedule = schedule;
    const runtime = openRuntime(options);
    try {
      const found = await verifyNetwork(trained, network, dataset, {
        ...request,
        runtime,
        radius: options.ball,
        progress,
      });
      const { ann, quantised, simulation, verification } = found;
      print(
        `${network.name}, neuron ${network.neuron.name}, ${schedule}, ${simulation.simulate.method}, T = ${steps}; ${words}\n`,
      );
      print(verificationText(verification, dataset));
      return {
        ...(tuning && { afterwards: tuning.keep }),
        exit: verification.laws.every((law) => law.holds) ? 0 : 1,
        result: { ann, quantised, ...simulation, ...verification },
      };
    } finally {
      runtime.close();
    }
  },
});

function verificationText(verification: VerificationReport, dataset: Dataset): string {
  const { laws, stages, layers, lossyLayer, countLawCovers, certified, ball } = verification;
  const broken = laws.filter((law) => !law.holds).map((law) => law.id);
  const lines = [`${tableText(lawTable(laws))}\n`];
  if (countLawCovers !== null)
    lines.push(`the count law's premise holds for ${percent(100 * countLawCovers)} % of the neurons`);
  if (certified !== null)
    lines.push(
      `the class is proven equal to the folded network's for ${certified} of ${dataset.count} images${certified === 0 ? ': the bound is too wide to tell here' : ''}`,
    );
  if (ball) lines.push(ballText(ball, dataset));
  lines.push(
    `\n${tableText(stageTable(stages))}\n\n${tableText(layerTable(layers))}`,
    `\n${anatomyText(layers.map(({ anatomy }) => anatomy))}`,
  );
  if (lossyLayer)
    lines.push(
      `\nmost of the difference enters at ${lossyLayer.name}: correlation ${fixed(lossyLayer.from, 4)} before, ${fixed(lossyLayer.to, 4)} after`,
    );
  lines.push(broken.length === 0 ? '\nevery law holds' : `\nNOT holding: ${broken.join(', ')}`);
  return lines.join('\n');
}

/** In grey levels too: one is a step of 1 / 255 before normalisation. */
function ballText({ radius, images, certified, certifiedRight }: BallResult, dataset: Dataset): string {
  const levels = dataset.deviation.map((deviation) => significant(255 * radius * deviation, 2));
  const rest = images - certified;
  return [
    `the folded network provably gives one class, the spikes', to all that is within ${radius} of an image (${[...new Set(levels)].join(', ')} of 255`,
    `grey levels): ${certified} of ${images} images, ${certifiedRight} of them in their right class${rest === 0 ? '' : `; of the other ${rest} the interval bound cannot tell`}`,
  ].join('\n');
}

function tableText({ columns, rows }: ReturnType<typeof lawTable>): string {
  return textTable(columns, rows);
}
