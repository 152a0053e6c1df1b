/**
 * @file What the kernel suite measures, as plain data: the JSON's rows.
 */
export interface PeerFigure {
  readonly name: string;
  readonly threads: number;
  /** Seconds of one call. */
  readonly seconds: number;
  /** How many times faster strelu is: the median over rounds. */
  readonly ratio: number;
  /** The extreme ratios among the rounds: far from the median where the machine was busy with something else. */
  readonly lowest: number;
  readonly highest: number;
}

export interface Figure {
  readonly group: 'elementwise' | 'gemm' | 'convolution' | 'network';
  readonly name: string;
  readonly threads: number;
  /** Seconds of one call. */
  readonly seconds: number;
  /** By the plain definition of the operation; a faster algorithm may pass the machine's ceiling. */
  readonly gflops?: number;
  /** Share of the multiply-add ceiling of 128-bit SIMD, measured in the same rounds. */
  readonly shareOfCeiling?: number;
  readonly imagesPerSecond?: number;
  /** How many times faster than with one thread, in the same rounds. */
  readonly overOneThread?: number;
  readonly peers: readonly PeerFigure[];
}

/** Memory of a process that does nothing but one kind of step, in bytes. */
export interface MemoryFigure {
  readonly name: string;
  /** In live blocks of the heap. */
  readonly heapUsed: number;
  readonly heapCapacity: number;
  readonly peakRss: number;
  /** The process before it allocates anything of the network. */
  readonly startRss: number;
  readonly peers: readonly { readonly name: string; readonly peakRss: number; readonly startRss: number }[];
}

export interface KernelFigures {
  /** Multiply-adds in registers, GFLOP/s; null when no product was measured. */
  readonly ceilingGflops: number | null;
  readonly rows: readonly Figure[];
  readonly memory: readonly MemoryFigure[];
}
