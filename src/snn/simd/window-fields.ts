import type { MapShape } from '../../nn/architecture.ts';
import type { MapWindow } from '../../nn/map-window.ts';
import type { WindowField } from './program/contract.ts';

/** Windows over the map of what is sent, as descriptor fields. */
export function windowFields(
  { window, stride, padding }: MapWindow,
  [sourceHeight, sourceWidth]: MapShape,
): Readonly<Record<WindowField, number>> {
  return {
    windowHeight: window[0],
    windowWidth: window[1],
    windowStrideY: stride[0],
    windowStrideX: stride[1],
    windowTop: padding[0],
    windowLeft: padding[2],
    sourceHeight,
    sourceWidth,
    sourcePositions: sourceHeight * sourceWidth,
  };
}
