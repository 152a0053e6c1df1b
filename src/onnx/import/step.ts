/**
 * @file What a file's nodes have become before they are layers: steps that take the values of other steps.
 */
import type { Layer, MapShape } from '../../nn/architecture.ts';
import type { NodePlace } from './place.ts';
import type { ScalarOperation } from './scalar/operation.ts';
import type { View } from './view.ts';

/** Layers that one node becomes. */
export type PlainLayer = Exclude<Layer, { kind: 'residual' | 'concat' | 'custom' | 'activation' }>;

type Named<L> = L extends unknown ? Omit<L, 'name'> : never;
export type NamelessLayer = Named<PlainLayer>;

/** A tensor of a layer by its role: weight, bias, gamma, theta... */
export type Roles = Readonly<Record<string, Float32Array<ArrayBufferLike>>>;

export type Step =
  | { readonly kind: 'input'; readonly inputs: readonly []; readonly nodes: readonly NodePlace[] }
  | {
      readonly kind: 'layer';
      readonly inputs: readonly [Step];
      readonly layer: NamelessLayer;
      readonly tensors: Roles;
      readonly nodes: readonly NodePlace[];
    }
  /** Each value by itself. */
  | {
      readonly kind: 'scalar';
      readonly inputs: readonly [Step];
      readonly operations: readonly ScalarOperation[];
      /** Channels of the map. */
      readonly channels: number;
      readonly nodes: readonly NodePlace[];
    }
  | {
      readonly kind: 'add' | 'concat';
      readonly inputs: readonly Step[];
      readonly nodes: readonly NodePlace[];
    };

/** A value of the file that depends on the image. */
export interface Signal {
  readonly step: Step;
  /** As the layers see it. */
  readonly shape: MapShape;
  /** As the file sees it. */
  readonly view: View;
}

/** A step for one node and one layer. */
export const layerStep = (
  input: Step,
  layer: NamelessLayer,
  tensors: Roles,
  ...nodes: readonly NodePlace[]
): Step => ({ kind: 'layer', inputs: [input], layer, tensors, nodes });
