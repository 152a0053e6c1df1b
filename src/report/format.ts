/**
 * @file Numbers and words for people: short, aligned, with their unit.
 */

/** "850 ms", "12.3 s", "4 min 05 s", "2 h 10 min". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

const UP: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];
const DOWN: readonly (readonly [number, string])[] = [
  [1, ''],
  [1e-3, 'm'],
  [1e-6, 'u'],
  [1e-9, 'n'],
  [1e-12, 'p'],
];

/** Three significant digits and an SI prefix: count(12_345_678) is "12.3 M". */
export function count(value: number): string {
  const found = UP.find(([factor]) => Math.abs(value) >= factor * 0.9995);
  if (!found) return significant(value, 3);
  return `${significant(value / found[0], 3)} ${found[1]}`;
}

/** bytes(12_345_678) is "12.3 MB". */
export function bytes(value: number): string {
  const text = count(value);
  return /\d$/.test(text) ? `${text} B` : `${text}B`;
}

/** joules(4.6e-6) is "4.60 uJ". */
export function joules(value: number): string {
  if (value === 0) return '0 J';
  const [factor, prefix] = DOWN.find(([size]) => Math.abs(value) >= size * 0.9995) ?? DOWN.at(-1)!;
  return `${significant(value / factor, 3)} ${prefix}J`;
}

/** fixed(0.5, 2) is "0.50"; a mean of nothing, NaN, is "-"; what is too large to be read in digits is in exponent form. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return unmeasured(value);
  return Math.abs(value) < LARGE ? value.toFixed(digits) : value.toExponential(digits);
}

/** precise(0.012345, 3) is "0.0123", precise(1234567, 3) is "1.23e+6"; NaN is "-". */
export const precise = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toPrecision(digits) : unmeasured(value);

const unmeasured = (value: number): string => (Number.isNaN(value) ? '-' : String(value));

/** Numbers beyond these are shown in exponent form. */
const LARGE = 1e15;
const SMALL = 1e-15;

/** A number with this many significant digits, in exponent form only where it would need more than 15 zeros. */
export function significant(value: number, digits: number): string {
  if (value === 0 || !Number.isFinite(value)) return unmeasured(value);
  if (Math.abs(value) < SMALL || Math.abs(value) >= LARGE) return value.toExponential(digits - 1);
  const exponent = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  return value.toFixed(Math.max(0, digits - 1 - exponent));
}

/** percent(98.4567) is "98.46"; what was not measured, NaN, is "-". */
export function percent(value: number): string {
  return fixed(value, 2);
}

/** Breaks a text between words so that no line is longer than the width, where words allow it. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}
