import type { Floats, RowsShape } from '../kernels.ts';

/** y[r, c] = x[r, c] + bias[c]. */
export function addBias(x: Floats, bias: Floats, y: Floats, shape: RowsShape): void {
  const { rows, channels } = shape;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < channels; c++) y[r * channels + c] = x[r * channels + c]! + bias[c]!;
  }
}

/** sums[c] = sum over r of x[r, c]. */
export function sumRows(x: Floats, sums: Floats, shape: RowsShape): void {
  const { rows, channels } = shape;
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += x[r * channels + c]!;
    sums[c] = sum;
  }
}
