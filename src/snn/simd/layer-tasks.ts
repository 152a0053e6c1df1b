import type { LayerContext } from './layer-context.ts';

/** The fewest tasks of a layer for each lane: enough that no lane waits long for the last one. */
const TASKS_PER_LANE = 16;

/** How many tasks one block of channels of one image is cut into: each has some rows of the output. */
export interface LayerTasks {
  readonly rowTasks: number;
  /** Rows of the output in each task. */
  readonly rowsPerTask: number;
  /** The address of the tasks' counters of overloads. */
  readonly overloads: number;
}

export function tasksOf({ arena, plan, layer, blocks }: LayerContext): LayerTasks {
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
