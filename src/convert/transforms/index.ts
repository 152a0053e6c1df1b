/**
 * @file The transforms, (network, options) -> network. The given network stays as it is, and whatever the table does not mention
 * (name, shapes, provenance) is the same in the new one. Several may follow each other in the order of the table, a grid last:
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
