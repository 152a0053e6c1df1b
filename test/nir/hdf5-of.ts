/** @file HDF5 files of any content, for tests of what is refused. */
import { freshPath, loadHdf5 } from '../../src/nir/file/load-h5wasm.ts';

/** Groups are records; numbers become int64, arrays of numbers float32, lists of pairs texts. */
export type Hdf5Tree = {
  readonly [name: string]: Hdf5Tree | string | number | readonly number[] | readonly (readonly string[])[];
};

export async function hdf5Of(tree: Hdf5Tree): Promise<Uint8Array<ArrayBuffer>> {
  const { h5, files } = await loadHdf5();
  const path = freshPath();
  const file = new h5.File(path, 'w');
  type Group = Pick<typeof file, 'create_group' | 'create_dataset'>;
  const write = (group: Group, inner: Hdf5Tree): void => {
    for (const [name, value] of Object.entries(inner)) {
      if (typeof value === 'string') group.create_dataset({ name, data: value });
      else if (typeof value === 'number')
        group.create_dataset({ name, data: BigInt64Array.of(BigInt(value)), shape: [], dtype: '<q' });
      else if (!Array.isArray(value)) write(group.create_group(name), value as Hdf5Tree);
      else if (typeof value[0] === 'number') group.create_dataset({ name, data: Float32Array.from(value) });
      else group.create_dataset({ name, data: value.flat(), shape: [value.length, 2] });
    }
  };
  write(file, tree);
  file.close();
  const bytes = Uint8Array.from(files.readFile(path));
  files.unlink(path);
  return bytes;
}
