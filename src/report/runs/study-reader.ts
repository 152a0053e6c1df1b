/** @file A study's outcome as result files have it. */
import { byKey, count, fields, finite, list, optional, orNull, type Reader, refuse, text } from './reader.ts';

export type StudyValue = string | number | boolean;

/** Repeated measurements. */
export interface StudyFigure {
  readonly count: number;
  readonly mean: number;
  readonly deviation: number | null;
  /** Half of the mean's 95 % interval. */
  readonly reach: number | null;
}

export interface StudyTable {
  readonly stage: string;
  readonly varied: readonly string[];
  readonly metrics: readonly string[];
  readonly rows: readonly {
    readonly setting: Readonly<Record<string, StudyValue>>;
    readonly figures: Readonly<Record<string, StudyFigure>>;
  }[];
}

export interface StudyOutcome {
  readonly study: string;
  readonly tables: readonly StudyTable[];
  readonly jobs: readonly {
    readonly stage: string;
    readonly setting: Readonly<Record<string, StudyValue>>;
    readonly state: string;
    readonly error?: string;
  }[];
}

const value: Reader<StudyValue> = (found, place) => {
  if (typeof found === 'number') return finite(found, place);
  return typeof found === 'string' || typeof found === 'boolean'
    ? found
    : refuse(place, 'text, a number, true or false', found);
};

const figure = fields<StudyFigure>({
  count,
  mean: finite,
  deviation: orNull(finite),
  reach: orNull(finite),
});

export const studyOutcome: Reader<StudyOutcome> = fields<StudyOutcome>({
  study: text,
  tables: list(
    fields<StudyTable>({
      stage: text,
      varied: list(text),
      metrics: list(text),
      rows: list(fields<StudyTable['rows'][number]>({ setting: byKey(value), figures: byKey(figure) })),
    }),
  ),
  jobs: list(
    fields<StudyOutcome['jobs'][number]>({
      stage: text,
      setting: byKey(value),
      state: text,
      error: optional(text),
    }),
  ),
});
