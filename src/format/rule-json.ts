/** @file A neuron's firing rule in a file, where a reader who does not know the neuron finds all that it does. */
import type { FireRule } from '../snn/step.ts';
import type { Fields } from './fields.ts';

const NUMBERS = ['phiDown', 'lossDown', 'burst', 'least', 'most'] as const;
const RESETS = ['soft', 'zero'] as const;
const STRICT = ['up', 'down'] as const;

/**
 * The firing rule that a JSON object describes.
 * @throws InputError naming the field that is wrong
 */
export function readRule(fields: Fields): FireRule {
  const numbers = NUMBERS.filter((name) => fields.has(name)).map((name) => [name, fields.number(name)]);
  return {
    phiUp: fields.number('phiUp'),
    ...(Object.fromEntries(numbers) as Partial<Record<(typeof NUMBERS)[number], number>>),
    ...(fields.has('reset') && { reset: fields.choice('reset', RESETS) }),
    ...(fields.has('strict') && { strict: fields.choice('strict', STRICT) }),
  };
}

/** The rule as text, its fields in one order: equal for equal rules. */
export function ruleText(rule: FireRule): string {
  const fields = Object.entries(rule).filter(([, value]) => value !== undefined);
  return fields
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
