import type { LayerRoom } from './layer-room.ts';

/** Tasks of a layer for each lane, at least: enough for none to wait long for the last. */
const TASKS_PER_LANE = 16;

/** Into how many tasks one image and block is cut. */
export interface LayerTasks {
  readonly rowTasks: number;
  /** Rows of the output in each. */
  readonly rowsPerTask: number;
  /** Address of every task's counter of overloads. */
  readonly overloads: number;
}

export function tasksOf({ arena, plan, layer, blocks }: LayerRoom): LayerTasks {
  const { batch: images, lanes } = plan;
  const height = layer.shape[0];
  const rowsWanted = Math.floor((blocks.count * images * height) / (lanes * TASKS_PER_LANE));
  const rowsPerTask = lanes === 1 ? height : Math.max(1, Math.min(height, rowsWanted));
  const rowTasks = Math.ceil(height / rowsPerTask);
  const tasks = blocks.count * images * rowTasks;
  const overloads = arena.allocate(tasks * 4);
  arena.heap.i32(overloads, tasks).fill(0);
  return { rowTasks, rowsPerTask, overloads };
}
