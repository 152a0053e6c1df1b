/**
 * @file The colours of pages and figures, light and dark, as CSS variables. Series are --s0, --s1, ...: far enough apart
 * for readers with red-green blindness too, and readable on the paper; dashes and symbols tell them apart besides.
 */

export const LIGHT: Readonly<Record<string, string>> = {
  paper: '#fcfcfa',
  ink: '#1d2127',
  soft: '#555d68',
  rule: '#dcdfe4',
  lane: '#f0f2f5',
  s0: '#0b5cad',
  s1: '#c4480c',
  s2: '#16805a',
  s3: '#9a3fb0',
  s4: '#8a6d00',
  s5: '#2b3440',
  s6: '#0f86a3',
};

export const DARK: Readonly<Record<string, string>> = {
  paper: '#15181d',
  ink: '#e8eaee',
  soft: '#a9b2bd',
  rule: '#343b45',
  lane: '#1f242b',
  s0: '#6fb4ff',
  s1: '#ff9152',
  s2: '#46c08d',
  s3: '#d99bef',
  s4: '#e3c443',
  s5: '#eceff3',
  s6: '#52cfe8',
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
