import type { Floats } from '../../kernels/kernels.ts';
import type { Tensor } from '../interfaces.ts';
import { broadcastShapes, broadcastStrides, type Shape, sizeOf } from '../shape.ts';
import { reshape } from './reshape.ts';
import { sumTo } from './sum-to.ts';
import { tapeOf } from './tape-of.ts';

/**
 * y = a b over the last two axes: a [..., m, k], b [..., k, n], y [..., m, n]; what stands before is broadcast.
 * da = dy b^T, db = a^T dy. A vector is a row on the left and a column on the right; its axis is gone in y.
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  if (a.shape.length === 1 || b.shape.length === 1) return withVector(a, b);
  const tape = tapeOf('matmul', [a, b]);
  const [m, k] = a.shape.slice(-2) as [number, number];
  const [inner, n] = b.shape.slice(-2) as [number, number];
  if (k !== inner || a.shape.length < 2 || b.shape.length < 2)
    throw new Error(`matmul: expected [..., m, k] times [..., k, n], found [${a.shape}] times [${b.shape}]`);
  const batch = broadcastShapes('matmul', a.shape.slice(0, -2), b.shape.slice(0, -2));
  const y = tape.result([...batch, m, n], [a, b]);
  const plain = { transposeA: false, transposeB: false };
  if (b.shape.length === 2) {
    // All of a in one product.
    const rows = sizeOf(batch) * m;
    tape.kernels.gemm(a.data, b.data, y.data, { m: rows, n, k, ...plain });
    tape.record(y, (dy) => {
      tape.receive(a, (da) =>
        tape.kernels.gemm(dy, b.data, da, { m: rows, n: k, k: n, ...plain, transposeB: true }),
      );
      tape.receive(b, (db) =>
        tape.kernels.gemm(a.data, dy, db, { m: k, n, k: rows, ...plain, transposeA: true }),
      );
    });
    return y;
  }
  const pairs = blocks(a.shape, b.shape, batch);
  const each = (body: (atA: Block, atB: Block, atY: Block) => void): void =>
    pairs.forEach(([i, j], at) => {
      body({ at: i * m * k, size: m * k }, { at: j * k * n, size: k * n }, { at: at * m * n, size: m * n });
    });
  const of = (values: Floats, { at, size }: Block): Floats => values.subarray(at, at + size);
  each((atA, atB, atY) =>
    tape.kernels.gemm(of(a.data, atA), of(b.data, atB), of(y.data, atY), { m, n, k, ...plain }),
  );
  tape.record(y, (dy) => {
    if (a.needsGradient) {
      const wide = tape.scratch(sizeOf(batch) * m * k);
      each((_, atB, atY) => {
        const to = { at: (atY.at / (m * n)) * m * k, size: m * k };
        tape.kernels.gemm(of(dy, atY), of(b.data, atB), of(wide, to), {
          m,
          n: k,
          k: n,
          ...plain,
          transposeB: true,
        });
      });
      tape.give(a, sumTo(tape, wide, [...batch, m, k], a.shape));
    }
    if (b.needsGradient) {
      const wide = tape.scratch(sizeOf(batch) * k * n);
      each((atA, _, atY) => {
        const to = { at: (atY.at / (m * n)) * k * n, size: k * n };
        tape.kernels.gemm(of(a.data, atA), of(dy, atY), of(wide, to), {
          m: k,
          n,
          k: m,
          ...plain,
          transposeA: true,
        });
      });
      tape.give(b, sumTo(tape, wide, [...batch, k, n], b.shape));
    }
  });
  return y;
}

interface Block {
  readonly at: number;
  readonly size: number;
}

/** For every matrix of the batch, which matrices of a and b it is the product of. */
function blocks(a: Shape, b: Shape, batch: Shape): [number, number][] {
  const strides = [a, b].map((shape) => broadcastStrides(shape.slice(0, -2), batch));
  return Array.from({ length: sizeOf(batch) }, (_, at) => {
    let rest = at;
    const place: [number, number] = [0, 0];
    for (let axis = batch.length - 1; axis >= 0; axis--) {
      const index = rest % batch[axis]!;
      rest = (rest - index) / batch[axis]!;
      place[0] += index * strides[0]![axis]!;
      place[1] += index * strides[1]![axis]!;
    }
    return place;
  });
}

function withVector(a: Tensor, b: Tensor): Tensor {
  const row = a.shape.length === 1;
  const column = b.shape.length === 1;
  if (a.shape.at(-1) !== (column ? b.size : b.shape.at(-2)))
    throw new Error(`matmul: expected [..., m, k] times [..., k, n], found [${a.shape}] times [${b.shape}]`);
  const tape = tapeOf('matmul', [a, b]);
  const y = matmul(row ? reshape(a, [1, -1], tape) : a, column ? reshape(b, [-1, 1], tape) : b);
  const shape = column ? y.shape.slice(0, -1) : y.shape;
  const kept = row ? shape.filter((_, axis) => axis !== shape.length - (column ? 1 : 2)) : shape;
  return y.reshape(...kept);
}
