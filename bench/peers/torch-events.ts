/**
 * @file Runs the PyTorch peer on a network and images, in a process of its own. A machine without PyTorch is said to be so.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { plainSynapses } from '../../src/snn/plain-synapses.ts';

export interface TorchRun {
  readonly imagesPerSecond: number;
  readonly classes: readonly number[];
  readonly version: string;
}

export interface TorchPeer {
  /** @returns a reason instead when PyTorch cannot be had */
  run(threads: number, seconds: number): TorchRun | string;
  close(): void;
}

const PYTHON = ['/usr/bin/python3', 'python3'];

/** Writes the network (a chain of convolutions, linear readout) and the images where the peer finds them. */
export function torchPeer(
  network: SpikingNetwork,
  images: Float32Array<ArrayBuffer>,
  steps: number,
): TorchPeer {
  const directory = mkdtempSync(join(tmpdir(), 'strelu-peer-'));
  const parts: Float32Array<ArrayBufferLike>[] = [];
  let offset = 0;
  const put = (
    values: Float32Array<ArrayBufferLike>,
    shape: readonly number[],
  ): { offset: number; shape: readonly number[] } => {
    parts.push(values);
    offset += values.length;
    return { offset: offset - values.length, shape };
  };
  const pixels = network.input[0] * network.input[1] * network.input[2];
  const manifest = {
    steps,
    images: put(images, [images.length / pixels, ...network.input]),
    layers: network.layers.map((layer) => {
      const { kind, from, weight, kernel, stride, padding, pool } = plainSynapses(layer.inputs[0]!);
      const [height, width, channels] = from < 0 ? network.input : network.layers[from]!.shape;
      // a linear layer's weights go over its whole (pooled) map
      const taps = kind === 'linear' ? [height / pool, width / pool] : [kernel, kernel];
      const shape = [...taps, channels, layer.shape[2]];
      const theta = layer.theta[0] ?? 1;
      return {
        name: layer.name,
        weight: put(weight, shape),
        bias: put(layer.bias, [layer.shape[2]]),
        theta,
        stride,
        padding,
        pool,
      };
    }),
  };
  const all = new Float32Array(offset);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  writeFileSync(join(directory, 'network.json'), JSON.stringify(manifest));
  writeFileSync(join(directory, 'network.f32'), new Uint8Array(all.buffer));
  const script = fileURLToPath(new URL('./torch_events.py', import.meta.url));
  return {
    run(threads, seconds) {
      const env = { ...process.env, OMP_NUM_THREADS: String(threads) };
      let reason = 'no python3';
      for (const python of PYTHON) {
        try {
          const output = execFileSync(python, [script, directory, String(threads), String(seconds)], {
            env,
            encoding: 'utf8',
          });
          const answer = JSON.parse(output) as TorchRun | { readonly missing: string };
          if (!('missing' in answer)) return answer;
          reason = `${python}: ${answer.missing}`;
        } catch (error) {
          reason = `${python}: ${(error as Error).message.split('\n')[0]}`;
        }
      }
      return reason;
    },
    close: () => rmSync(directory, { recursive: true, force: true }),
  };
}
