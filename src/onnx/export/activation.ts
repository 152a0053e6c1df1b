/**
 * @file Activations as nodes: clips, and training grids as QuantizeLinear and DequantizeLinear where bytes hold their levels.
 */
import { InputError } from '../../errors.ts';
import type { ActivationLayer } from '../../nn/architecture.ts';
import { type Flow, inFileOrder } from './flow.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** The largest whole number of signed and unsigned bytes. */
const MOST = { signed: 127, unsigned: 255 } as const;

/** @param theta [thetas]; empty for relu */
export function writeActivation(
  builder: GraphBuilder,
  layer: ActivationLayer,
  theta: Float32Array<ArrayBufferLike>,
  flow: Flow,
): Flow {
  const { name, activation, levels } = layer;
  const done = (value: string): Flow => ({ ...flow, value });
  if (activation === 'relu') {
    if (levels === 0) return done(builder.node('Relu', name, [flow.value]));
    throw new InputError(
      `${name}: expected a threshold for a grid of ${levels} levels, found relu, which has none; write it without levels, or train with trelu`,
    );
  }
  const signed = activation === 'strelu' || activation === 'tleaky-relu';
  if (!signed && activation !== 'trelu' && activation !== 'qcfs')
    throw new InputError(
      `${name}: expected one of strelu's own activations, found ${activation}; an ONNX file has no word for it`,
    );
  const heights = inFileOrder(theta.map(Math.abs), flow);
  let value = flow.value;
  if (activation === 'tleaky-relu')
    value = builder.node('LeakyRelu', name, [value], { alpha: { real: layer.leak } });
  value = clip(builder, layer, heights, signed, { ...flow, value });
  return done(levels === 0 ? value : grid(builder, layer, heights, signed, { ...flow, value }));
}

type Heights = Float32Array<ArrayBufferLike>;

function clip(
  builder: GraphBuilder,
  { name }: ActivationLayer,
  heights: Heights,
  signed: boolean,
  flow: Flow,
): string {
  if (heights.length === 1) {
    const [theta] = heights as unknown as [number];
    const bounds = [builder.float(signed ? -theta : 0), builder.float(theta)];
    return builder.node('Clip', name, [flow.value, ...bounds]);
  }
  const upper = perChannel(builder, `${name}.theta`, heights, flow);
  const lower = signed
    ? perChannel(
        builder,
        `${name}.lower`,
        heights.map((x) => -x),
        flow,
      )
    : builder.float(0);
  return builder.node('Max', name, [builder.node('Min', name, [flow.value, upper]), lower]);
}

function grid(
  builder: GraphBuilder,
  { name, levels, rounding, activation }: ActivationLayer,
  heights: Heights,
  signed: boolean,
  flow: Flow,
): string {
  const rounds = rounding === 'round' || activation === 'qcfs';
  const steps = heights.map((theta) => theta / levels);
  if (rounds && heights.length === 1 && levels <= MOST[signed ? 'signed' : 'unsigned']) {
    const scale = [builder.float(steps[0]!), builder.zero(signed)];
    const quantised = builder.node('QuantizeLinear', name, [flow.value, ...scale]);
    return builder.node('DequantizeLinear', name, [quantised, ...scale]);
  }
  const step =
    steps.length === 1 ? builder.float(steps[0]!) : perChannel(builder, `${name}.step`, steps, flow);
  const counted = builder.node('Div', name, [flow.value, step]);
  const whole = rounds
    ? builder.node('Floor', name, [builder.node('Add', name, [counted, builder.float(0.5)])])
    : builder.node('Cast', name, [builder.node('Cast', name, [counted], { to: 6 })], { to: 1 });
  return builder.node('Mul', name, [whole, step]);
}

/** One number for each channel, beside [batch, channels, rows, columns] or [batch, size]. */
const perChannel = (builder: GraphBuilder, name: string, values: Heights, { rank }: Flow): string =>
  builder.floats(name, rank === 4 ? [values.length, 1, 1] : [values.length], values);
