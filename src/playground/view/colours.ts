/**
 * @file The colours of the page's canvases: those of its style sheet, as numbers, read again when the scheme changes.
 */

type Colour = readonly [red: number, green: number, blue: number];

export interface Colours {
  readonly none: Colour;
  /** Positive spikes, negative ones. */
  readonly up: Colour;
  readonly down: Colour;
  readonly ink: Colour;
}

const dark = matchMedia('(prefers-color-scheme: dark)');

function read(): Colours {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): Colour => {
    const hex = Number.parseInt(style.getPropertyValue(`--${name}`).trim().slice(1), 16);
    return [(hex >> 16) & 255, (hex >> 8) & 255, hex & 255];
  };
  return { none: colour('lane'), up: colour('s0'), down: colour('s1'), ink: colour('ink') };
}

let known: Colours | null = null;

/** The colours of now. */
export function colours(): Colours {
  known ??= read();
  return known;
}

/** Calls when they have changed. */
export function onColours(act: () => void): void {
  dark.addEventListener('change', () => {
    known = null;
    act();
  });
}

/** Writes a pixel between `none` and the colour of the sign, by the size of the value. */
export function paint(
  pixels: Uint8ClampedArray,
  at: number,
  value: number,
  { none, up, down }: Colours,
): void {
  const to = value < 0 ? down : up;
  const share = Math.min(1, Math.abs(value));
  for (let c = 0; c < 3; c++) pixels[at + c] = none[c]! + share * (to[c]! - none[c]!);
  pixels[at + 3] = 255;
}
