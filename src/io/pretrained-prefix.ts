/** @file What the name of a pretrained network begins with: pretrained:NAME, where other paths are those of files. */
export const PREFIX = 'pretrained:';

/** Whether a path is the name of a network, of this program or not. */
export const isPretrained = (path: string): boolean => path.startsWith(PREFIX);
