/** @file The same five tasks in four frameworks, and how many lines of code each takes: blank lines and comments are not counted. */
import { readdirSync, readFileSync } from 'node:fs';

/** Beside this file, also where it was built into dist/. */
const PROGRAMS = new URL(
  import.meta.url.endsWith('.ts') ? './programs/' : '../../../bench/lines/programs/',
  import.meta.url,
);

/** What each task is, by the name of its files. */
export const TASKS: Readonly<Record<string, string>> = {
  cnn: 'define a small CNN and train it on MNIST for three epochs',
  activation: 'an activation of one’s own with a trained threshold, and its gradient',
  convert: 'convert a trained network to a spiking one; its accuracy after each of 32 steps',
  save: 'save a network, load it, compare',
  loop: 'a training loop of one’s own over two weight matrices',
};

/** Folders of programs, and what they use. */
export const FRAMEWORKS: Readonly<Record<string, string>> = {
  strelu: 'strelu',
  pytorch: 'PyTorch (SpikingJelly converts)',
  keras: 'Keras (NengoDL converts)',
  'jax-js': 'jax-js',
};

/** Lines of code in a program. */
export function countLines(text: string): number {
  return text
    .replaceAll(/^\s*\/\*[\s\S]*?\*\//gm, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*(?:\/\/|#)/.test(line)).length;
}

/** The text of a program, or null where the framework has nothing for the task. */
export function program(framework: string, task: string): string | null {
  const folder = new URL(`${framework}/`, PROGRAMS);
  const file = readdirSync(folder).find((name) => name.startsWith(`${task}.`));
  return file === undefined ? null : readFileSync(new URL(file, folder), 'utf8');
}

/** The table as Markdown. */
export function linesTable(): string {
  const frameworks = Object.keys(FRAMEWORKS);
  const cell = (framework: string, task: string): string => {
    const text = program(framework, task);
    return text === null ? 'no way known' : String(countLines(text));
  };
  return [
    `| task | ${Object.values(FRAMEWORKS).join(' | ')} |`,
    `|---|${frameworks.map(() => '---').join('|')}|`,
    ...Object.entries(TASKS).map(
      ([task, says]) => `| ${says} | ${frameworks.map((framework) => cell(framework, task)).join(' | ')} |`,
    ),
  ].join('\n');
}
