/**
 * @file Where in a file something is, and how it is refused: one line with name, place, reason and remedy.
 */
import { InputError } from '../../errors.ts';
import type { OnnxNode } from '../wire/messages.ts';

/** A node of the file, as reports and errors call it. */
export interface NodePlace {
  readonly name: string;
  readonly operator: string;
  /** 1 is the first of the file. */
  readonly position: number;
  /** 'net.onnx: node /fc/Gemm (Gemm, 3 of 7)'. */
  readonly words: string;
}

export function placeOf(node: OnnxNode, index: number, count: number, source: string): NodePlace {
  const operator = `${node.domain && node.domain !== 'ai.onnx' ? `${node.domain}.` : ''}${node.opType || 'without operator'}`;
  const name = node.name || node.output.find((output) => output !== '') || `${index + 1}`;
  const position = index + 1;
  return {
    name,
    operator,
    position,
    words: `${source}: node ${name} (${operator}, ${position} of ${count})`,
  };
}

/** @throws InputError always */
export function refuse(place: Pick<NodePlace, 'words'>, reason: string, remedy: string): never {
  throw new InputError(`${place.words}: ${reason}; ${remedy}`);
}
