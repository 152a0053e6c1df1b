/**
 * @file NumPy's npz: npy files in a ZIP archive, compressed (`savez_compressed`) or not (`savez`).
 */
import type ndarray from 'ndarray';
import { InputError } from '../errors.ts';
import { decodeNpy, type NpyArray, npyHeader } from './npy.ts';
import { unzip, type ZipMember, zipMembers } from './zip.ts';

/** The arrays of an npz file, each unpacked when it is asked for. */
export interface Npz {
  /** Names of the arrays, without `.npy`. */
  readonly names: readonly string[];
  /** @throws InputError when there is no such array, or its bytes are damaged; the message names what there is */
  array(name: string): Promise<ndarray.NdArray<NpyArray>>;
}

/**
 * An npz file from its bytes.
 * @param source the file to blame
 * @throws InputError when it is no ZIP archive
 * @example
 * const npz = decodeNpz(npzBytes, 'digits.npz'); // the bytes of a file that numpy.savez wrote
 * npz.names; // ['x_train', 'y_train']
 * (await npz.array('y_train')).shape; // [3]
 */
export function decodeNpz(bytes: Uint8Array<ArrayBufferLike>, source: string): Npz {
  const members = new Map<string, ZipMember>();
  for (const member of zipMembers(bytes, source)) members.set(member.name.replace(/\.npy$/, ''), member);
  const names = [...members.keys()];
  return {
    names,
    async array(name) {
      const member = members.get(name);
      if (!member)
        throw new InputError(
          `${source}: expected an array ${name}, found ${names.join(', ') || 'none'}; give the names of yours`,
        );
      const place = `${source}: ${name}`;
      const whole = await unzip(bytes, member, source, (head) => {
        const header = npyHeader(head, place);
        if (header && header.total !== member.size)
          throw new InputError(
            `${place}: values of shape (${header.shape.join(', ')}) make ${header.total} bytes with the header, found ${member.size}`,
          );
      });
      return decodeNpy(whole, place);
    },
  };
}
