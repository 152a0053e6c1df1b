/**
 * @file `verify`: the laws on this very network and these very images, and where accuracy was lost.
 */

import type { Dataset } from '../../data/dataset.ts';
import { loadModel } from '../../io/model-file.ts';
import { networkPath } from '../../io/pretrained.ts';
import { loadSnn } from '../../io/snn-file.ts';
import { checkInput } from '../../lab/simulate/network-input.ts';
import { simulationReport } from '../../lab/simulate/simulation-report.ts';
import { checkNetwork } from '../../lab/verify/check-network.ts';
import { annAnswers, foldingLaw, lossyLayer, stagesOf } from '../../lab/verify/stages.ts';
import { withModel } from '../../nn/trained-network.ts';
import { anatomyWords } from '../../report/anatomy-table.ts';
import { percent, significant } from '../../report/format.ts';
import type { BallResult } from '../../report/result.ts';
import { textTable } from '../../report/table.ts';
import { lawTable, layerTable, stageTable } from '../../report/tables.ts';
import { createRuntime } from '../../runtime.ts';
import { real } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { openTestSet, TEST_SET_OPTIONS } from '../options/dataset.ts';
import { SIMULATION_OPTIONS, simulationRequest } from '../options/simulation.ts';

export const verify: Command = defineCommand({
  name: 'verify',
  summary: 'checks the laws on this very network and data; locates any loss by stage and layer',
  description:
    'Runs the spiking network with every current and potential recorded and checks on each neuron what theory says must hold: ' +
    'conservation, the count law where its premise holds (and how often it does), the bound under overload, the bound on the ' +
    'logits. Then compares the stages trained, folded, quantised, spiking. A law that does not hold is exit status 1.',
  positionals: [
    { name: 'MODEL', help: 'the trained network, a file that train wrote, or pretrained:NAME' },
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
    const { options, progress, print } = call;
    const trained = await loadModel(await networkPath(modelPath!));
    const network = await loadSnn(snnPath!);
    const { dataset, words } = await openTestSet(call, network.provenance);
    const steps = options.steps.at(-1)!;
    checkInput(trained.architecture, dataset);
    const request = simulationRequest(network, options, call.given);
    const { schedule } = request;
    call.config.schedule = schedule;
    const runtime = createRuntime({ kernels: options.kernels, workers: options.workers });
    try {
      const ann = withModel(runtime.heap, trained, (model) => annAnswers(runtime, model, dataset));
      const { architecture } = trained;
      const check = await checkNetwork(
        network,
        dataset,
        { ...request, runtime },
        progress,
        'verifying',
        options.ball,
        architecture,
      );
      const stages = stagesOf(ann, check, dataset.labels, steps);
      // On a grid the weights are others on purpose; what that costs is in the stages.
      const folding = network.grid === undefined ? foldingLaw(trained, ann, check) : null;
      const laws = [...check.laws, ...(folding ? [folding] : [])];
      const broken = laws.filter((law) => !law.holds);

      print(`${network.name}, neuron ${network.neuron.name}, ${schedule}, T = ${steps}; ${words}\n`);
      print(`${tableText(lawTable(laws))}\n`);
      if (check.covered !== null)
        print(`the count law's premise holds for ${percent(100 * check.covered)} % of the neurons`);
      if (check.certified !== null)
        print(
          `the class is proven equal to the folded network's for ${check.certified} of ${dataset.count} images${check.certified === 0 ? ': the bound is too wide to tell here' : ''}`,
        );
      if (check.ball) print(ballWords(check.ball, dataset));
      print(`\n${tableText(stageTable(stages))}\n\n${tableText(layerTable(check.layers))}`);
      print(`\n${anatomyWords(check.layers.map(({ anatomy }) => anatomy))}`);
      const lossy = lossyLayer(check);
      if (lossy)
        print(
          `\nmost of the difference enters at ${lossy.name}: correlation ${lossy.from.toFixed(4)} before, ${lossy.to.toFixed(4)} after`,
        );
      print(
        broken.length === 0
          ? '\nevery law holds'
          : `\nNOT holding: ${broken.map((law) => law.id).join(', ')}`,
      );

      const reference = { name: 'quantised ANN', predictions: check.quantised };
      return {
        exit: broken.length === 0 ? 0 : 1,
        result: {
          ann: { accuracy: ann.trained.accuracy },
          quantised: { accuracy: stages.at(-2)!.accuracy },
          ...simulationReport(network, check.simulated, dataset.labels, reference),
          laws,
          stages,
          layers: check.layers,
          lossyLayer: lossy,
          countLawCovers: check.covered,
          certified: check.certified,
          ...(check.ball && { ball: check.ball }),
          images: dataset.count,
        },
      };
    } finally {
      runtime.close();
    }
  },
});

/** In grey levels too: one is a step of 1 / 255 before normalisation. */
function ballWords({ radius, images, certified, certifiedRight }: BallResult, dataset: Dataset): string {
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
