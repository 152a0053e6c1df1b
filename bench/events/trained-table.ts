/** @file The rates and right answers of the trained network, as text. */
import { MANY, type TrainedFigures, type TrainedRate } from './trained.ts';

export function trainedTable(figures: TrainedFigures | string): string {
  if (typeof figures === 'string') return `trained network: skipped, ${figures}`;
  const { network, steps, rates, peer, accuracy } = figures;
  const lines = [`pretrained CIFAR-10 network ${network}, T = ${steps}, ${MANY} test images, 1 thread`, ''];
  for (const { code, way, imagesPerSecond, ratio } of rates) {
    const against = ratio === null ? '' : `  ${ratio.toFixed(2)}x of PyTorch, dense`;
    lines.push(
      `${code.padEnd(6)} ${way.padEnd(13)} ${imagesPerSecond.toFixed(0).padStart(5)} images/s${against}`,
    );
  }
  lines.push(
    typeof peer === 'string'
      ? `PyTorch: skipped, ${peer}`
      : `PyTorch, dense       ${peer.toFixed(0).padStart(5)} images/s`,
  );
  for (const { code } of accuracy.rows) {
    const own = rates.filter((one) => one.code === code);
    const rate = (way: TrainedRate['way']): number => own.find((one) => one.way === way)!.imagesPerSecond;
    const best = (int8: boolean): number =>
      Math.max(...own.filter(({ way }) => way.startsWith('int8') === int8).map((one) => one.imagesPerSecond));
    const events = (rate('int8 events') / rate('events')).toFixed(2);
    const fastest = (best(true) / best(false)).toFixed(2);
    lines.push(
      `${code.padEnd(6)} int8 against float32: ${events}x both by events, ${fastest}x each as fast as it goes`,
    );
  }
  for (const { code, float32, int8 } of accuracy.rows)
    lines.push(
      `${code.padEnd(6)} right of ${accuracy.of} test images: ${float32} in float32, ${int8} in int8`,
    );
  return lines.join('\n');
}
