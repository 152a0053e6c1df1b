/**
 * @file Looks at a page from inside it. Each function is sent to the browser as its text, so it must not use anything else.
 */

/** What is wrong with the figures: empty ones, texts that leave their picture or lie on each other. */
export function faultsOfFigures(): string[] {
  const faults: string[] = [];
  const figures = [...document.querySelectorAll('figure')];
  if (figures.length === 0) faults.push('no figure');
  for (const figure of figures) {
    const svg = figure.querySelector('svg');
    const box = svg?.getBoundingClientRect();
    if (!svg || !box || box.width < 200 || box.height < 60) {
      faults.push(`${figure.id}: ${box ? `${box.width} x ${box.height}` : 'no picture'}`);
      continue;
    }
    const texts = [...svg.querySelectorAll('text')].map((text) => ({
      says: text.textContent ?? '',
      tilted: /rotate\(-?35/.test(text.getAttribute('transform') ?? ''),
      box: text.getBoundingClientRect(),
    }));
    for (const [i, one] of texts.entries()) {
      const { left, right, top, bottom } = one.box;
      if (left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1)
        faults.push(`${figure.id}: "${one.says}" leaves the picture`);
      for (const other of texts.slice(i + 1)) {
        const across = Math.min(right, other.box.right) - Math.max(left, other.box.left);
        const along = Math.min(bottom, other.box.bottom) - Math.max(top, other.box.top);
        if (across > 1 && along > 3 && !one.tilted)
          faults.push(`${figure.id}: "${one.says}" lies on "${other.says}"`);
      }
    }
  }
  return faults;
}

/** Texts whose contrast against the paper is below 4.5 (WCAG 2, level AA). */
export function tooFaint(): string[] {
  const luminance = (colour: string): number => {
    const [red, green, blue] = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const paper = luminance(getComputedStyle(document.body).backgroundColor);
  const faint: string[] = [];
  for (const element of document.querySelectorAll(
    'h1, h2, h3, p, a, li, td, th, caption, figcaption, summary, svg text',
  )) {
    const style = getComputedStyle(element);
    const ink = luminance(element instanceof SVGElement ? style.fill : style.color);
    const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (!(contrast >= 4.5)) faint.push(`${contrast.toFixed(2)}: ${element.textContent?.slice(0, 40)}`);
  }
  return faint;
}
