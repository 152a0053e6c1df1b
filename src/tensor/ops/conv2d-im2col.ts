/**
 * @file Convolution of every kind: windows of one image at a time become rows (im2col), and each group is a matrix product.
 * x: [batch, H, W, in]; w: [kh, kw, in / groups, out]; y: [batch, H', W', out]. columns: [H' W', kh kw in / groups].
 */
import type { Placement } from '../../kernels/copy/placement.ts';
import type { Floats } from '../../kernels/kernels.ts';
import type { Tape } from '../interfaces.ts';
import { type Tap, tapsOf, type Window } from './window.ts';

export class Im2colConv2d {
  readonly #tape: Tape;
  readonly #window: Window;
  readonly #taps: readonly Tap[];
  readonly #ins: number;
  readonly #outs: number;
  readonly #groups: number;
  /** Output places of one image. */
  readonly #places: number;

  constructor(tape: Tape, window: Window, ins: number, outs: number, groups: number) {
    this.#tape = tape;
    this.#window = { ...window, batch: 1 };
    this.#taps = tapsOf(this.#window);
    this.#ins = ins;
    this.#outs = outs / groups;
    this.#groups = groups;
    this.#places = window.vertical.output * window.horizontal.output;
    this.batch = window.batch;
  }

  readonly batch: number;

  get #width(): number {
    return this.#taps.length * this.#ins;
  }

  forward(x: Floats, w: Floats, y: Floats): void {
    const { kernels } = this.#tape;
    const columns = this.#tape.scratch(this.#places * this.#width);
    const product = this.#tape.scratch(this.#places * this.#outs);
    this.#each((group, image) => {
      this.#columns(x, columns, image, group, 'gather');
      const shape = { m: this.#places, n: this.#outs, k: this.#width, transposeA: false, transposeB: false };
      kernels.gemm(columns, this.#weights(w, group), product, shape);
      this.#outputs(product, y, image, group, 'scatter');
    });
  }

  backwardInput(dy: Floats, w: Floats, dx: Floats): void {
    const { kernels } = this.#tape;
    const columns = this.#tape.scratch(this.#places * this.#width);
    const part = this.#tape.scratch(this.#places * this.#outs);
    dx.fill(0);
    this.#each((group, image) => {
      this.#outputs(part, dy, image, group, 'gather');
      const shape = { m: this.#places, n: this.#width, k: this.#outs, transposeA: false, transposeB: true };
      kernels.gemm(part, this.#weights(w, group), columns, shape);
      this.#columns(dx, columns, image, group, 'scatter');
    });
  }

  backwardWeights(x: Floats, dy: Floats, dw: Floats): void {
    const { kernels } = this.#tape;
    const columns = this.#tape.scratch(this.#places * this.#width);
    const part = this.#tape.scratch(this.#places * this.#outs);
    const [product, sum] = [0, 1].map(() => this.#tape.scratch(this.#width * this.#outs)) as [Floats, Floats];
    this.#each((group, image) => {
      this.#columns(x, columns, image, group, 'gather');
      this.#outputs(part, dy, image, group, 'gather');
      const shape = { m: this.#width, n: this.#outs, k: this.#places, transposeA: true, transposeB: false };
      kernels.gemm(columns, part, image === 0 ? sum : product, shape);
      if (image > 0) kernels.add(sum, product, sum);
      if (image === this.batch - 1) this.#ofGroup(dw, sum, group, 'scatter');
    });
  }

  #each(body: (group: number, image: number) => void): void {
    for (let group = 0; group < this.#groups; group++)
      for (let image = 0; image < this.batch; image++) body(group, image);
  }

  /** The windows of one image and group as rows, or the rows added back to where they came from. */
  #columns(x: Floats, columns: Floats, image: number, group: number, way: 'gather' | 'scatter'): void {
    const { vertical, horizontal, channels } = this.#window;
    const own = x.subarray(image * vertical.input * horizontal.input * channels);
    if (way === 'gather') columns.fill(0);
    this.#taps.forEach(({ shape, source, target }, tap) => {
      const block = [...shape.slice(0, 3), this.#ins];
      const inMap = { offset: source.offset + group * this.#ins, strides: source.strides };
      const inRows = {
        offset: (target.offset / channels) * this.#width + tap * this.#ins,
        strides: [0, horizontal.output * this.#width, this.#width, 1],
      };
      if (way === 'gather') this.#tape.kernels.copy(own, columns, block, inMap, inRows);
      else this.#tape.kernels.copy(columns, own, block, inRows, inMap, true);
    });
  }

  /** One image's channels of one group, out of y or into it. part: [places, out / groups]. */
  #outputs(part: Floats, y: Floats, image: number, group: number, way: 'gather' | 'scatter'): void {
    const all = this.#outs * this.#groups;
    const inMap = { offset: image * this.#places * all + group * this.#outs, strides: [all, 1] };
    this.#move(part, y, [this.#places, this.#outs], inMap, way);
  }

  /** The weights of one group as [kh kw in / groups, out / groups]. */
  #weights(w: Floats, group: number): Floats {
    if (this.#groups === 1) return w;
    const own = this.#tape.scratch(this.#width * this.#outs);
    this.#ofGroup(w, own, group, 'gather');
    return own;
  }

  #ofGroup(w: Floats, part: Floats, group: number, way: 'gather' | 'scatter'): void {
    const inAll = { offset: group * this.#outs, strides: [this.#outs * this.#groups, 1] };
    this.#move(part, w, [this.#width, this.#outs], inAll, way);
  }

  #move(
    part: Floats,
    whole: Floats,
    shape: readonly [number, number],
    place: Placement,
    way: 'gather' | 'scatter',
  ): void {
    const dense = { offset: 0, strides: [shape[1], 1] };
    if (way === 'gather') this.#tape.kernels.copy(whole, part, shape, place, dense);
    else this.#tape.kernels.copy(part, whole, shape, dense, place);
  }
}
