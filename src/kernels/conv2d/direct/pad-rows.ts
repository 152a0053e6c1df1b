import { defineFunction, i32, type ModuleBuilder, type NamedCall } from '../../assembler/assembler.ts';
import { defineCopies } from '../implicit/copies.ts';
import { readShape } from '../shape.ts';

/** top: the first row of the image that is written; negative ones lie in the padding. */
const PAD_ROWS = ['shape', 'image', 'to', 'top', 'rows'] as const;

/** Writes rows of an image [inHeight, inWidth, inChannels] with their padding: [rows, padding + inWidth + padding, inChannels]. */
export type PadRows = NamedCall<(typeof PAD_ROWS)[number]>;

export function definePadRows(builder: ModuleBuilder): PadRows {
  const { move, clear } = defineCopies(builder, 'gather');
  return defineFunction(builder, 'pad rows', PAD_ROWS, (f, { shape, image, to, top, rows }) => {
    const s = readShape(f, shape);
    const inPixel = f.let(i32.shl(s.inChannels, 2));
    const bytes = f.let(i32.mul(s.inWidth, inPixel));
    const beside = f.let(i32.mul(s.padding, inPixel));
    const whole = f.let(i32.add(bytes, i32.shl(beside, 1)));
    f.while(rows, () => {
      f.if(
        i32.lt_u(top, s.inHeight),
        () => {
          f.do(clear({ to, bytes: beside }));
          f.do(move({ from: i32.add(image, i32.mul(top, bytes)), to: i32.add(to, beside), bytes }));
          f.do(clear({ to: i32.add(to, i32.add(beside, bytes)), bytes: beside }));
        },
        () => f.do(clear({ to, bytes: whole })),
      );
      f.advance(to, whole);
      f.advance(top, 1);
      f.advance(rows, -1);
    });
  });
}
