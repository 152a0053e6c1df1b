/**
 * @file The colours of pages and figures, light and dark, as CSS variables. Series are --s0, --s1, ...: far enough apart
 * for readers with red-green blindness too, and readable on the paper; dashes and symbols distinguish them too.
 */

export const LIGHT: Readonly<Record<string, string>> = {
  paper: '#fcfcfa',
  ink: '#1d2127',
  soft: '#555d68',
  rule: '#dcdfe4',
  lane: '#f0f2f5',
  s0: '#2758f2',
  s1: '#e56600',
  s2: '#12a489',
  s3: '#651b90',
  s4: '#595305',
  s5: '#362a1d',
  s6: '#2d7396',
};

export const DARK: Readonly<Record<string, string>> = {
  paper: '#15181d',
  ink: '#e8eaee',
  soft: '#a9b2bd',
  rule: '#343b45',
  lane: '#1f242b',
  s0: '#4a88ff',
  s1: '#c66d1e',
  s2: '#2bd091',
  s3: '#ae719e',
  s4: '#f0e10d',
  s5: '#fcf7d3',
  s6: '#00c8ff',
};

/** Series that can be told apart in one figure. */
export const SERIES_COLOURS = 7;

const variables = (colours: Readonly<Record<string, string>>): string =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');

export const COLOURS: string = [
  `:root { color-scheme: light dark; ${variables(LIGHT)} }`,
  `@media (prefers-color-scheme: dark) { :root { ${variables(DARK)} } }`,
].join('\n');

export const TEXT_STYLE = 'svg text { font: 12px system-ui, sans-serif; } svg .small { font-size: 10px; }';
