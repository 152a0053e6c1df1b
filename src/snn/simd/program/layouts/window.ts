/** @file What a kernel is told about windows over the map of what is sent: fields of several descriptors. */

export const WINDOW_FIELDS = [
  'windowHeight',
  'windowWidth',
  'windowStrideY',
  'windowStrideX',
  'windowTop', // places above the map
  'windowLeft',
  'sourceHeight', // of the map of what is sent
  'sourceWidth',
  'sourcePositions',
] as const;

export type WindowField = (typeof WINDOW_FIELDS)[number];
