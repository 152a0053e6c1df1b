/**
 * Output length of a convolution along one axis: how many times the kernel fits.
 * @returns < 1 if it does not
 */
export function outLength(
  length: number,
  { kernel, stride, padding }: Readonly<Record<'kernel' | 'stride' | 'padding', number>>,
): number {
  return Math.floor((length + 2 * padding - kernel) / stride) + 1;
}
