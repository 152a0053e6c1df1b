import type { AvgPoolLayer, Conv2dLayer, MaxPoolLayer } from './architecture.ts';
import type { MapWindow } from './map-window.ts';

/** How the kernel of a convolution, or the window of a pool, moves over its map. */
export function windowOfLayer(layer: Conv2dLayer | AvgPoolLayer | MaxPoolLayer): MapWindow {
  const { stride, padding } = layer;
  return layer.kind === 'conv2d'
    ? { window: layer.kernel, stride, padding, dilation: layer.dilation }
    : { window: layer.window, stride, padding, dilation: [1, 1] };
}

/** A convolution that the fast kernels are made for: square, one stride, the same zeros on every side, one group. */
export interface PlainConv2d {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** The numbers of a plain convolution, null for any other. */
export function plainConv2d({
  kernel,
  stride,
  padding,
  dilation,
  groups,
}: Omit<Conv2dLayer, 'kind' | 'name' | 'bias' | 'inChannels' | 'outChannels'>): PlainConv2d | null {
  const plain =
    groups === 1 &&
    kernel[0] === kernel[1] &&
    stride[0] === stride[1] &&
    padding.every((side) => side === padding[0]) &&
    dilation[0] * dilation[1] === 1;
  return plain ? { kernel: kernel[0], stride: stride[0], padding: padding[0] } : null;
}

/** The size of a pool whose windows are square, lie side by side and leave the border alone; null for any other. */
export function plainPool({
  window,
  stride,
  padding,
}: Pick<AvgPoolLayer, 'window' | 'stride' | 'padding'>): number | null {
  const [size] = window;
  const plain = [...window, ...stride].every((one) => one === size) && padding.every((side) => side === 0);
  return plain ? size : null;
}
