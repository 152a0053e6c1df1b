/** @file What a study says must fit together: stages follow each other, and nothing that it says is without effect. */
import { InputError } from '../../errors.ts';
import { brief } from '../../format/fields.ts';
import { suggestion } from '../../near.ts';
import { checkSettings, variedOptions } from './check-settings.ts';
import type { Stage, StageCommand, Study } from './study.ts';

/** What a stage of a command needs before it. */
const NEEDS: Readonly<Record<StageCommand, StageCommand | null>> = {
  train: null,
  convert: 'train',
  simulate: 'convert',
  verify: 'convert',
};

/** @throws InputError when stages do not follow each other, or something that is said would change nothing */
export function checkStudy(study: Study, source: string): void {
  const before = new Map<string, Stage>();
  if (study.stages.length === 0)
    throw new InputError(`${source}: stages should have at least one stage, found none`);
  for (const stage of study.stages) {
    const place = `${source}: stage ${stage.name}`;
    if (!/^[\w-]{1,40}$/.test(stage.name))
      throw new InputError(`${place}: name should be letters, digits, - and _, found ${brief(stage.name)}`);
    if (before.has(stage.name))
      throw new InputError(`${place}: expected another name than an earlier stage's`);
    checkOrder(stage, before, place);
    checkSettings(stage, place);
    checkWhere(stage, before, place);
    before.set(stage.name, stage);
  }
  checkRepeats(study, source);
}

function checkOrder(stage: Stage, before: ReadonlyMap<string, Stage>, place: string): void {
  const need = NEEDS[stage.command];
  const found = stage.after.map((name) => {
    const after = before.get(name);
    if (!after) throw new InputError(`${place}: after should be an earlier stage, found ${brief(name)}`);
    return after.command;
  });
  if (need === null ? found.length > 0 : found.length === 0 || found.some((command) => command !== need))
    throw new InputError(
      `${place}: ${stage.command} expected ${need === null ? 'no stage before it' : `to come after stages of ${need}`}, found ${found.join(', ') || 'none'}`,
    );
}

/** What varies before a stage, by STAGE.OPTION. */
function variedBefore(stage: Stage, before: ReadonlyMap<string, Stage>): string[] {
  return stage.after.flatMap((name) => {
    const earlier = before.get(name)!;
    return [
      ...variedBefore(earlier, before),
      ...variedOptions(earlier).map((option) => `${earlier.name}.${option}`),
    ];
  });
}

function checkWhere(stage: Stage, before: ReadonlyMap<string, Stage>, place: string): void {
  const names = Object.keys(stage.where);
  if (names.length > 0 && stage.after.length === 0)
    throw new InputError(
      `${place}: where expected a stage that comes after others, found one of ${stage.command}; leave it out`,
    );
  const varied = [...new Set(variedBefore(stage, before))];
  const unknown = names.find((name) => !varied.includes(name));
  if (unknown === undefined) return;
  const instead = varied.length === 0 ? 'nothing varies there' : suggestion(unknown, varied);
  throw new InputError(
    `${place}: where expected what varies in the stages before it, by STAGE.OPTION, found ${brief(unknown)}; ${instead}`,
  );
}

/** Seeds repeat wherever they vary; any other option that only repeats must vary somewhere. */
function checkRepeats({ stages, repeat }: Study, source: string): void {
  const varied = [...new Set(stages.flatMap(variedOptions))];
  const unknown = repeat.find((name) => name !== 'seed' && !varied.includes(name));
  if (unknown === undefined) return;
  const instead = varied.length === 0 ? 'nothing varies in it' : suggestion(unknown, varied);
  throw new InputError(
    `${source}: repeat expected an option that varies in a stage, found ${brief(unknown)}; ${instead}`,
  );
}
