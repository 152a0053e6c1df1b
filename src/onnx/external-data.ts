/**
 * @file Initialisers that lie in files beside the ONNX file. A file may name only what lies in its own folder or below it.
 */
import { InputError } from '../errors.ts';
import type { OnnxTensor } from './wire/messages.ts';

/** The bytes of a file beside the ONNX file, by its name there. */
export type ReadExternal = (location: string) => Promise<Uint8Array<ArrayBufferLike>>;

type Entries = Readonly<Record<string, string | undefined>>;

const isExternal = (tensor: OnnxTensor): boolean =>
  tensor.dataLocation === 1 || tensor.externalData.length > 0;

const entriesOf = ({ externalData }: OnnxTensor): Entries =>
  Object.fromEntries(externalData.map(({ key = '', value }) => [key, value]));

/**
 * The bytes of every external tensor, by the tensor's name. Each file is read once.
 * @param read null: there is nothing beside the file
 * @throws InputError when a location leaves the folder, a file is missing, or its part ends behind it
 */
export async function readExternalData(
  tensors: readonly OnnxTensor[],
  read: ReadExternal | null,
  source: string,
): Promise<ReadonlyMap<string, Uint8Array<ArrayBufferLike>>> {
  const files = new Map<string, Uint8Array<ArrayBufferLike>>();
  const parts = new Map<string, Uint8Array<ArrayBufferLike>>();
  for (const tensor of tensors.filter(isExternal)) {
    const name = tensor.name ?? '';
    const entries = entriesOf(tensor);
    const location = checkedLocation(entries.location, name, source);
    if (!read)
      throw new InputError(
        `${source}: initialiser ${name} lies in the file ${location}, expected a way to read it, found none; pass readExternal, or export with the weights inside`,
      );
    if (!files.has(location)) files.set(location, await read(location));
    parts.set(name, partOf(files.get(location)!, entries, `${source}: initialiser ${name} in ${location}`));
  }
  return parts;
}

function checkedLocation(location: string | undefined, name: string, source: string): string {
  const steps = location?.split(/[/\\]/) ?? [''];
  if (location && !steps.includes('..') && steps[0] !== '' && !/^[a-z]+:/i.test(location)) return location;
  throw new InputError(
    `${source}: initialiser ${name} lies in "${location ?? ''}", expected a file in the folder of ${source} or below it; move the file there and export again`,
  );
}

function partOf(
  bytes: Uint8Array<ArrayBufferLike>,
  { offset = '0', length }: Entries,
  place: string,
): Uint8Array<ArrayBufferLike> {
  const from = Number(offset);
  const to = length === undefined ? bytes.length : from + Number(length);
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from <= to && to <= bytes.length)
    return bytes.subarray(from, to);
  throw new InputError(
    `${place}: expected bytes ${offset} to ${to} of a file of ${bytes.length}; copy the file of weights again`,
  );
}
