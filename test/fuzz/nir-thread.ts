/** @file A thread that reads NIR files: on damaged bytes the HDF5 library may run in circles, and only a thread can be stopped then. */
import { parentPort } from 'node:worker_threads';
import { UserError } from '../../src/errors.ts';
import { decodeNir } from '../../src/nir/file/decode-nir.ts';
import { importNir } from '../../src/nir/import/import-nir.ts';

/** null: it loads; a text of the project's own error; or of another. */
export type NirAnswer = { readonly refused: string | null } | { readonly fault: string };

parentPort!.on('message', async (bytes: Uint8Array) => {
  parentPort!.postMessage(await answer(bytes));
});

async function answer(bytes: Uint8Array): Promise<NirAnswer> {
  try {
    importNir(await decodeNir(bytes, 'x.nir'), 'x.nir');
    return { refused: null };
  } catch (error) {
    if (error instanceof UserError) return { refused: error.message };
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
