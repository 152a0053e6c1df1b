/** @file Files that are kept, locks, checkpoints that are checked, laws that refuse what is not finite, work in portions. */
import { type Fault, fault } from './fault.ts';

const CLAIMS = ['cli/command-files.test.ts'];
const LOCK = ['io/file-lock.test.ts'];
const NAMES = ['io/temporary-name.test.ts'];
const SAVED = ['lab/training/saved-run.test.ts'];
const DIVERGING = ['train/diverging.test.ts'];
const LAWS = ['lab/verify/law-tally.test.ts'];
const KEPT = 'nothing is lost';
const CHECKED = 'a checkpoint is checked';
const FINITE = 'what is not finite does not hold';

export const FILE_FAULTS: readonly Fault[] = [
  fault(
    'hard links are two files',
    'src/cli/command-files.ts',
    '(number === null || other.number !== number)',
    'true',
    KEPT,
    CLAIMS,
  ),
  fault(
    'a result among the images of a folder',
    'src/cli/command-files.ts',
    '    for (const folder of folders) refuseInside(mine, folder);\n',
    '',
    KEPT,
    CLAIMS,
  ),
  fault(
    'a link to nothing is its own place',
    'src/io/real-place.ts',
    'links < MOST_LINKS && isLink(whole)',
    'false',
    KEPT,
    ['io/check-output.test.ts'],
  ),
  fault(
    'a file that is replaced loses its mode',
    'src/io/write-atomic.ts',
    '    if (before?.isFile()) await file.chmod(before.mode & 0o7777);\n',
    '',
    KEPT,
    ['io/write-atomic.test.ts'],
  ),
  fault(
    'a number that another process has by now is a holder',
    'src/io/file-lock.ts',
    'now === null || now === birth',
    'true',
    'locks',
    LOCK,
  ),
  fault(
    'a holder of another machine is gone',
    'src/io/file-lock.ts',
    'if (host !== hostname()) return true;',
    'if (host !== hostname()) return false;',
    'locks',
    LOCK,
  ),
  fault(
    'a lock is never given back',
    'src/io/file-lock.ts',
    '      if (read(lock) === text) rmSync(lock, { force: true });\n',
    '',
    'locks',
    LOCK,
  ),
  fault(
    'what is being written is swept',
    'src/io/temporary-name.ts',
    '    if (isRunning(Number(found.writer))) continue;\n',
    '',
    KEPT,
    NAMES,
  ),
  fault(
    'targets alike in their first letters are one',
    'src/io/temporary-name.ts',
    'found.target !== wanted',
    'false',
    KEPT,
    NAMES,
  ),
  fault(
    'the digest leaves out the tensors',
    'src/lab/training/saved-run.ts',
    '    ...sorted.map(([name, data]) => [name, bytes(data)] as const),\n',
    '',
    CHECKED,
    SAVED,
  ),
  fault(
    'a learning rate may be negative',
    'src/lab/training/run-limits.ts',
    'lr: real(1e-9, 100)',
    'lr: real(-10, 100)',
    CHECKED,
    SAVED,
  ),
  fault(
    'a checkpoint of NaN is taken',
    'src/train/training.ts',
    '        refuseNonFiniteState(state, steps, schedule);\n',
    '',
    FINITE,
    DIVERGING,
  ),
  fault(
    'a model is saved unread',
    'src/io/model-file.ts',
    '  decodeModel(bytes, path, ownParts(network));\n',
    '',
    FINITE,
    DIVERGING,
  ),
  fault(
    'an infinite bound holds',
    'src/lab/verify/law-tally.ts',
    '!isComparable(found) ? cases',
    'false ? cases',
    FINITE,
    LAWS,
  ),
  fault(
    'overloads are added as shares',
    'src/lab/simulate/join-portions.ts',
    'Math.round(part.layer.overload * neurons * part.ran)',
    'part.layer.overload * neurons * part.ran * (1 + 1e-9)',
    'portions',
    ['lab/simulate/join-portions.test.ts'],
  ),
  fault(
    'a run that was stopped in a test goes on without it',
    'src/train/train.ts',
    'curve.length < begin / perEpoch',
    'false',
    'resume',
    ['train/train.test.ts'],
  ),
  fault(
    'portions grow whatever they take',
    'src/lab/in-portions.ts',
    'Math.min(fits, GROWTH * count, most)',
    'Math.min(GROWTH * count, most)',
    'portions',
    ['lab/in-portions.test.ts'],
  ),
];
