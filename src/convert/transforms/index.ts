/**
 * @file The transforms, (network, options) -> network. The network that one is given stays as it is; what is not in its table
 * row stays in the new one too (name, shapes, provenance). They may follow one another in the order of the table, the grids last:
 *
 *     transform            the spikes of the new network                            its grid
 *     restCoded            the same answers in fewer spikes (law L21)               none
 *     withUnitThresholds   the same spikes, up to rounding (law L18)                none
 *     onDyadicGrid         of numbers rounded so finely that no sum rounds          dyadic
 *     exactNetwork         withUnitThresholds, then onDyadicGrid                    dyadic
 *     quantisedToInt8      of weights rounded to 8 bits; no sum rounds              int8
 */

export { type DyadicOptions, onDyadicGrid, snapImages } from './dyadic-grid.ts';
export { exactNetwork } from './exact-network.ts';
export { quantisedToInt8 } from './int8.ts';
export { restCoded } from './rest-coding.ts';
export { withUnitThresholds } from './unit-thresholds.ts';
