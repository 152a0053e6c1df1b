/**
 * @file The parts of a graph that a spike can go round in (strongly connected components), sources before targets: Tarjan's algorithm
 * (1972), with a stack of its own, so that a long graph needs no deep one.
 */

/** @param targets of each node */
export function components(targets: readonly (readonly number[])[]): number[][] {
  const index = new Int32Array(targets.length).fill(-1);
  const lowest = new Int32Array(targets.length);
  const isOpen = new Uint8Array(targets.length);
  const open: number[] = [];
  const found: number[][] = [];
  let next = 0;
  const enter = (node: number, path: [number, number][]): void => {
    index[node] = lowest[node] = next++;
    isOpen[node] = 1;
    open.push(node);
    path.push([node, 0]);
  };
  for (let root = 0; root < targets.length; root++) {
    if (index[root]! >= 0) continue;
    const path: [node: number, seen: number][] = [];
    enter(root, path);
    while (path.length > 0) {
      const top = path.at(-1)!;
      const [node, seen] = top;
      const target = targets[node]![seen];
      top[1]++;
      if (target === undefined) {
        path.pop();
        const parent = path.at(-1)?.[0];
        if (parent !== undefined) lowest[parent] = Math.min(lowest[parent]!, lowest[node]!);
        if (lowest[node] === index[node]) found.push(close(open, isOpen, node));
      } else if (index[target]! < 0) enter(target, path);
      else if (isOpen[target]) lowest[node] = Math.min(lowest[node]!, index[target]!);
    }
  }
  return found.reverse();
}

/** Takes everything off the stack down to the node that the part was entered by. */
function close(open: number[], isOpen: Uint8Array, first: number): number[] {
  const part: number[] = [];
  for (;;) {
    const node = open.pop()!;
    isOpen[node] = 0;
    part.push(node);
    if (node === first) return part;
  }
}
