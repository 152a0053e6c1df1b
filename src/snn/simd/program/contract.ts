/**
 * @file What the host and the program have agreed on: how everything lies in the heap, and what the kernels are told.
 * The host imports this page and program.ts, nothing else of this folder; nothing of this folder imports the host.
 */
export { describe, descriptorBytes } from './layouts/descriptor.ts';
export {
  GROUP_FIELDS,
  type GroupField,
  GroupKind,
  ROW_ENTRY_BYTES,
} from './layouts/group.ts';
export { type Arguments, JOB_WORDS, KERNEL_NAMES, KERNELS, type KernelName } from './layouts/jobs.ts';
export { INTEGER_BLOCK_BYTES, INTEGER_MODES, LAYER_FIELDS, type LayerField, Mode } from './layouts/layer.ts';
export { bitValueTable, byteValueTable, MAP_FIELDS, type MapField } from './layouts/map.ts';
export { COUNTS_BYTES, MAX_POOL_FIELDS, type MaxPoolField } from './layouts/max-pool.ts';
export { bitIndexTable, OVERRUN, QUEUE_FIELDS, type QueueField } from './layouts/queue.ts';
export { PIECE_BYTES } from './layouts/to-grid.ts';
export { WINDOW_FIELDS, type WindowField } from './layouts/window.ts';
