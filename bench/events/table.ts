/** @file The event suite's figures as text. */
import type { EventFigures } from './suite.ts';
import { trainedTable } from './trained-table.ts';

export function eventTable(figures: EventFigures): string {
  const lines = [`converted VGG-16, 3x32x32, T = ${figures.steps}`, ''];
  for (const { name, density, lanes, imagesPerSecond, operationsPerSecond } of figures.rates) {
    const rate = `${imagesPerSecond.toFixed(1).padStart(7)} images/s  ${(operationsPerSecond / 1e9).toFixed(1).padStart(5)} G synaptic operations/s`;
    lines.push(`${name.padEnd(22)} ${(density * 100).toFixed(0).padStart(3)} %  ${lanes} threads ${rate}`);
  }
  if (typeof figures.peer === 'string') lines.push(`PyTorch: skipped, ${figures.peer}`);
  else {
    for (const { threads, imagesPerSecond, sameClasses } of figures.peer) {
      lines.push(
        `PyTorch, dense                ${threads} threads ${imagesPerSecond.toFixed(1).padStart(7)} images/s  (${sameClasses} of 16 classes agree)`,
      );
    }
  }
  for (const [name, ratio] of Object.entries(figures.ratios))
    lines.push(`against PyTorch: ${name.padEnd(34)} ${ratio.toFixed(2)}x`);
  for (const { density, milliseconds, offLine } of figures.slope) {
    lines.push(
      `density ${(density * 100).toFixed(0).padStart(3)} %: ${milliseconds.toFixed(1).padStart(6)} ms an image, ${(100 * offLine).toFixed(0).padStart(3)} % off the straight line`,
    );
  }
  const { oneImage, manyImages } = figures.secondWorker;
  lines.push(`second worker: one image ${oneImage.toFixed(2)}x, many images ${manyImages.toFixed(2)}x`);
  lines.push(`heap at T = 32, one image: ${figures.memoryMiB.toFixed(0)} MiB`);
  lines.push('', trainedTable(figures.trained));
  return lines.join('\n');
}
