/** @file The rooms of src/, from the top floor down, each in a few words. test/floors.test.ts keeps imports going down. */

/** A room's name is its folder, or its file without the ending. */
export interface Room {
  readonly name: string;
  readonly says: string;
}

const room = (name: string, says: string): Room => ({ name, says });

export const ROOMS: readonly Room[] = [
  room('playground', 'the browser page: what is drawn, and the worker that computes'),
  room('cli', 'the command line: one file per command'),
  room('terminal', 'options, progress, signals; knows no network'),
  room('lab', 'training runs, simulating, verifying, comparing: functions with results'),
  room('report', 'tables, figures, pages'),
  room('io', 'files, folders, downloads'),
  room('onnx', 'ONNX files in and out'),
  room('nir', 'NIR graphs in and out'),
  room('format', 'the bytes of files'),
  room('proof', 'laws on a recorded run, bounds, certificates'),
  room('energy', 'border-exact counts, estimators with their sources'),
  room('convert', 'folding, thresholds, one file per method; refusals'),
  room('snn', 'neurons, one page each; the engines; schedules'),
  room('train', 'the loop, schedules, checkpoints'),
  room('data', 'readers, drawn digits, augmentation, batches'),
  room('nn', 'layers, activations, losses, the forward pass'),
  room('optimizers', 'SGD, Adam, AdamW, Muon'),
  room('tensor', 'tensors and the tape; one file per operation'),
  room('runtime', 'a heap, a team and kernels, handed down'),
  room('kernels', 'one folder per operation: reference.ts is the definition, simd.ts the fast one'),
  room('memory', 'one shared memory, arenas, threads'),
  room('platform', 'how a thread is started here'),
  room('random', 'the seeded generator'),
];
