/**
 * @file The commands, in the order of the help. Each is loaded when it is run: the help, and a command that needs little, start at once.
 */
import type { Command } from './command.ts';

export interface CommandEntry {
  readonly name: string;
  /** What follows the name in the usage: 'MODEL SNN', '' for nothing. */
  readonly files: string;
  /** One line for the general help. */
  readonly summary: string;
  load(): Promise<Command>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'demo',
    files: '',
    summary: 'the main job on the embedded digits; shows the neurons full and half side by side',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
  {
    name: 'train',
    files: '',
    summary: 'trains an ANN and saves it',
    load: async () => (await import('./commands/train.ts')).train,
  },
  {
    name: 'import',
    files: 'FILE',
    summary: 'a network of another program (ONNX, NIR, weights of PyTorch) becomes a file of ours',
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  {
    name: 'advise',
    files: 'FILE',
    summary: 'what a conversion will give: layers, steps, energy, and what to do next',
    load: async () => (await import('./commands/advise.ts')).advise,
  },
  {
    name: 'convert',
    files: 'MODEL',
    summary: 'folds, sets thresholds, saves the SNN, prints the conversion report',
    load: async () => (await import('./commands/convert.ts')).convert,
  },
  {
    name: 'export',
    files: 'FILE',
    summary: 'a network as a file of other programs: ONNX, NIR, weights for PyTorch or NumPy',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  {
    name: 'inspect',
    files: 'FILE',
    summary: 'what is in a file: layers, shapes, parameters, operations, provenance',
    load: async () => (await import('./commands/inspect.ts')).inspect,
  },
  {
    name: 'simulate',
    files: 'SNN',
    summary: 'accuracy at every step, spikes, operations, energy',
    load: async () => (await import('./commands/simulate.ts')).simulate,
  },
  {
    name: 'verify',
    files: 'MODEL SNN',
    summary: 'checks the laws on this very network and data; locates any loss by stage and layer',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  {
    name: 'compare',
    files: '',
    summary: 'activations and conversion methods beside each other, on one data set and architecture',
    load: async () => (await import('./commands/compare.ts')).compare,
  },
  {
    name: 'sweep',
    files: 'STUDY.json',
    summary: 'a study of many runs: trained once, converted and measured in many ways',
    load: async () => (await import('./commands/sweep.ts')).sweep,
  },
  {
    name: 'worker',
    files: '',
    summary: 'does jobs of studies from a queue, on this machine',
    load: async () => (await import('./commands/worker.ts')).worker,
  },
  {
    name: 'report',
    files: 'RUN.json...',
    summary: 'figures and tables of any runs as one HTML file',
    load: async () => (await import('./commands/report.ts')).report,
  },
  {
    name: 'datasets',
    files: '',
    summary: 'downloads and checks the data sets, with progress and resume',
    load: async () => (await import('./commands/datasets.ts')).datasets,
  },
  {
    name: 'playground',
    files: '',
    summary: 'serves the browser page: draw a digit, see both networks answer',
    load: async () => (await import('./commands/playground.ts')).playground,
  },
];
