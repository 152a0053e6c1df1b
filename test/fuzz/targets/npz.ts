import ndarray from 'ndarray';
import { encodeNpy } from '../../../src/data/npy.ts';
import { decodeNpz } from '../../../src/data/npz.ts';
import { packZip } from '../../data/pack-zip.ts';
import { nearlyBytes } from '../mutate/bytes.ts';
import { type FuzzTarget, target } from '../target.ts';

const members = [
  { name: 'x_train.npy', bytes: encodeNpy(ndarray(new Uint8Array(200).fill(3), [2, 10, 10])) },
  { name: 'y_train.npy', bytes: encodeNpy(ndarray(Uint8Array.of(1, 2), [2])) },
];

export const npz: FuzzTarget = target({
  name: 'npz',
  says: "NumPy's archives, deflated, stored, with 64-bit sizes",
  weight: 0.5,
  inputs: nearlyBytes(
    packZip(members),
    packZip(members, { deflate: false }),
    packZip(members, { wide: true }),
  ),
  async read(bytes: Uint8Array) {
    const file = decodeNpz(bytes, 'x.npz');
    for (const name of file.names) await file.array(name);
  },
});
