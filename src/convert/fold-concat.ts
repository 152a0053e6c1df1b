/** @file A concatenation: the parts of its branches, one after the other along the channels. */
import { InputError } from '../errors.ts';
import type { Affine, Current, LayerOutput, SpikePart, Spikes } from './layer-output.ts';
import { vectorParts } from './vector-parts.ts';

/** @throws InputError when the maps differ in size, or some branches end in an activation and others do not */
export function foldConcat(layer: string, branches: readonly LayerOutput[]): LayerOutput {
  const [first] = branches;
  const odd = branches.find(({ shape }) => shape[0] !== first!.shape[0] || shape[1] !== first!.shape[1]);
  if (!first || odd)
    throw new InputError(
      `${layer}: expected branches of one size, found ${branches.map(({ shape }) => shape.join('x')).join(' and ')}; correct the architecture`,
    );
  const channels = branches.reduce((sum, { shape }) => sum + shape[2], 0);
  const shape = [first.shape[0], first.shape[1], channels] as const;
  const names = [...new Set(branches.flatMap((branch) => branch.names)), layer];
  const spikes = branches.filter((branch) => branch.kind === 'spikes');
  if (spikes.length === branches.length)
    return { kind: 'spikes', parts: partsOf(spikes), shape, affine: affineOf(spikes), names };
  const currents = branches.filter((branch) => branch.kind === 'current');
  const alike = currents.every(({ maxPool, flat }) => !maxPool && flat === currents[0]!.flat);
  if (currents.length === branches.length && alike)
    return {
      kind: 'current',
      parts: currents.flatMap(partsOfCurrent),
      shape,
      maxPool: null,
      flat: currents[0]!.flat,
      names,
    };
  throw new InputError(
    `${layer}: expected branches that all end in an activation, or none of them, found both${alike ? '' : ', or a max pool before an activation'}; end each branch in an activation`,
  );
}

const partsOfCurrent = ({ parts }: Current): Current['parts'] => parts;

/** The parts; of vectors, those of each branch lie behind those of the branches before it. */
function partsOf(branches: readonly Spikes[]): SpikePart[] {
  if (!branches.some(({ parts }) => parts.some(({ rows }) => rows)))
    return branches.flatMap(({ parts }) => parts);
  let first = 0;
  return branches.flatMap(({ parts, shape }) => {
    const begin = first;
    first += shape[2];
    return vectorParts(parts).map((part) => ({
      ...part,
      rows: { ...part.rows, base: part.rows.base + begin },
    }));
  });
}

/** The batch norms that wait in the branches, as one over all channels; null where none does. */
function affineOf(branches: readonly Spikes[]): Affine | null {
  if (branches.every(({ affine }) => affine === null)) return null;
  const joined = (of: (affine: Affine) => Float64Array, without: number): Float64Array =>
    Float64Array.from(
      branches.flatMap(({ affine, shape }) =>
        affine ? [...of(affine)] : Array<number>(shape[2]).fill(without),
      ),
    );
  return {
    scale: joined(({ scale }) => scale, 1),
    shift: joined(({ shift }) => shift, 0),
    names: branches.flatMap(({ affine }) => affine?.names ?? []),
  };
}
