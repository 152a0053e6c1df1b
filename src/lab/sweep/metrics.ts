/** @file The figures of a job's result, by their place in it: `snn.accuracy.8`. */
import type { StageCommand } from './study.ts';

export type Metrics = Readonly<Record<string, number>>;

/** What never belongs to a table: what a run was asked, and on what. */
const NOT_FIGURES = ['config', 'machine', 'version', 'command', 'date', 'seconds'];

/**
 * Every number of a result; `laws.broken` counts the laws that do not hold.
 * @example
 * metricsOf({ snn: { accuracy: { 8: 97.5 } }, command: 'simulate' }); // { 'snn.accuracy.8': 97.5 }
 */
export function metricsOf(result: object): Metrics {
  const metrics: Record<string, number> = {};
  const visit = (value: unknown, place: string): void => {
    if (typeof value === 'number' && Number.isFinite(value)) metrics[place] = value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const [key, part] of Object.entries(value)) visit(part, place === '' ? key : `${place}.${key}`);
  };
  visit(Object.fromEntries(Object.entries(result).filter(([key]) => !NOT_FIGURES.includes(key))), '');
  const { laws } = result as { readonly laws?: unknown };
  if (Array.isArray(laws))
    metrics['laws.broken'] = laws.filter((law: { readonly holds?: unknown }) => law.holds === false).length;
  return metrics;
}

/** The figures that a table shows where the study names none, of those that there are. */
export function usualMetrics(command: StageCommand, found: readonly string[]): string[] {
  const usual = {
    train: /^ann\.accuracy$/,
    convert: /^$/,
    simulate: /^snn\.accuracy\.\d+$/,
    verify: /^(ann\.accuracy|laws\.broken)$/,
  }[command];
  return [...new Set(found)]
    .filter((name) => usual.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
