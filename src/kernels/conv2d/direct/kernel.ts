/** What is part of the code of a convolution for few in channels: a module is made for each. */
export interface Kernel {
  readonly kernel: number;
  readonly inChannels: number;
  readonly stride: number;
  readonly relaxed: boolean;
}
