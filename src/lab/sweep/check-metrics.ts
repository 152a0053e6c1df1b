/**
 * @file The figures that a study asks for by name, held against what its last stages can have, and what those before them can, by
 * STAGE.FIGURE, before anything is done.
 */
import { InputError } from '../../errors.ts';
import { nameOf } from '../../format/fields.ts';
import { suggestion } from '../../near.ts';
import { figureNames, isFigure } from './figure-names.ts';
import { lastStages, type Study } from './study.ts';

/**
 * @param mostSteps the most steps that a job of a stage has, by the stage's name
 * @param source the study's file, for errors
 * @throws InputError naming the first that no stage can have
 */
export function checkMetrics(study: Study, mostSteps: ReadonlyMap<string, number>, source: string): void {
  const last = lastStages(study).map((stage) => ({ stage, steps: mostSteps.get(stage.name) ?? 1 }));
  const earlier = study.stages.filter(({ name }) => last.every(({ stage }) => stage.name !== name));
  const ofEarlier = (figure: string): boolean =>
    earlier.some(
      ({ name, command }) =>
        figure.startsWith(`${name}.`) &&
        isFigure(command, figure.slice(name.length + 1), mostSteps.get(name) ?? 1),
    );
  const unknown = study.metrics.find(
    (name) => !ofEarlier(name) && last.every(({ stage, steps }) => !isFigure(stage.command, name, steps)),
  );
  if (unknown === undefined) return;
  const known = [
    ...last.flatMap(({ stage, steps }) =>
      figureNames(stage.command).map((name) => name.replace(/\.T$/, `.${steps}`)),
    ),
    ...earlier.flatMap(({ name, command }) => figureNames(command).map((figure) => `${name}.${figure}`)),
  ];
  const step = last.find(
    ({ stage, steps }) =>
      !isFigure(stage.command, unknown, steps) && isFigure(stage.command, unknown, Number.POSITIVE_INFINITY),
  );
  const instead = step
    ? `stage ${step.stage.name} has the steps 1 to ${step.steps}`
    : suggestion(unknown, known.length > 0 ? known : ['none: its last stage has no figures']);
  const stages = last.map(({ stage }) => stage.name).join(', ');
  const before = earlier.map(({ name }) => `${name}.FIGURE`).join(', ');
  throw new InputError(
    `${source}: metrics: expected a figure of ${stages}${before === '' ? '' : `, or ${before}`}, found ${nameOf(unknown)}; ${instead}`,
  );
}
