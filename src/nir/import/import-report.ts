/** @file What an import is asked, and what became of the graph, as plain data. */
import type { SpikingNetwork } from '../../snn/network.ts';
import type { IfReset } from './neuron-parts.ts';

/** How to read a graph. */
export interface ImportNirOptions {
  /** The network's name. Default: the file's, without its ending. */
  readonly name?: string;
  /**
   * What the node IF means. 'zero', the default: what NIR says, a reset to v_reset, above the threshold. 'subtract': what some tools
   * (sinabs) mean by it, the threshold is taken off, at the threshold and above.
   */
  readonly ifReset?: IfReset;
}

/** What one node, or all nodes of one neuron, became. */
export interface NirRow {
  readonly node: string;
  readonly type: string;
  readonly became: string;
}

/** What became of a graph. */
export interface NirReport {
  readonly rows: readonly NirRow[];
  readonly neuron: string;
  /** v0 / theta. */
  readonly initialPotential: number;
  /**
   * Weights that no float32 stands for once the threshold of their source is divided out: a spike adds a number that is one rounding
   * beside the graph's. 0: every spike is the graph's.
   */
  readonly roundedWeights: number;
}

/** A network from a graph. */
export interface NirImport {
  readonly snn: SpikingNetwork;
  readonly report: NirReport;
}
