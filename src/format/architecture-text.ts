/**
 * @file A network's architecture as JSON text, as short as it can be said: one number for what is square, and no field for what
 * most layers do not have. architecture-json.ts reads it.
 */
import type { Architecture, Layer } from '../nn/architecture.ts';
import { frameOf, NO_BORDER, squareOf } from '../nn/map-window.ts';
import { writeJson } from './parse-json.ts';

type Json = Readonly<Record<string, unknown>>;

/** The architecture's text in a file. Of activations and layers of the caller's own it has the names. */
export function architectureText(architecture: Architecture): string {
  const { layers, ...rest } = architecture;
  return writeJson({ ...rest, layers: layers.map(layerJson) });
}

/** A layer as a file says it. */
export function layerJson(layer: Layer): Json {
  switch (layer.kind) {
    case 'conv2d': {
      const { kernel, stride, padding, dilation, groups, bias, ...rest } = layer;
      return {
        ...rest,
        kernel: squareOf(kernel),
        stride: squareOf(stride),
        padding: frameOf(padding),
        ...(dilation.join() !== '1,1' && { dilation: squareOf(dilation) }),
        ...(groups !== 1 && { groups }),
        bias,
      };
    }
    case 'avgPool':
    case 'maxPool': {
      const { kind, name, window, stride, padding } = layer;
      return {
        kind,
        name,
        size: squareOf(window),
        ...(stride.join() !== window.join() && { stride: squareOf(stride) }),
        ...(padding.join() !== NO_BORDER.join() && { padding: frameOf(padding) }),
        ...(layer.kind === 'avgPool' && !layer.countPadding && { countPadding: false }),
      };
    }
    case 'pad': {
      const { value, ...rest } = layer;
      return { ...rest, padding: frameOf(layer.padding), ...(value !== 0 && { value }) };
    }
    case 'residual':
      return { ...layer, body: layer.body.map(layerJson), shortcut: layer.shortcut.map(layerJson) };
    case 'concat':
      return { ...layer, branches: layer.branches.map((branch) => branch.map(layerJson)) };
    case 'activation':
    case 'custom': {
      const { own: _, ...rest } = layer;
      return rest;
    }
    default:
      return { ...layer };
  }
}
