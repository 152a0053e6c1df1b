/**
 * @file What a training in the page learns from: digits that the page draws, a data set that the server has, or files of one's own.
 */
import type { Controller } from '../controller.ts';
import { fetchWhole, type ListedData } from '../networks.ts';
import type { DataFacts, DroppedFile } from '../protocol.ts';
import type { Shown } from '../state/shown.ts';
import type { Store } from '../state/store.ts';
import { onDrop } from './drop-zone.ts';
import { chosenFiles, droppedFiles } from './dropped-files.ts';
import { byId, element, say } from './element.ts';

const [STROKES, OWN] = ['strokes', 'own'];
/** Told of where the server does not have it. */
const MNIST = 'mnist';

/** Files to learn from, kept so that they can be read again in another size. */
interface Chosen {
  readonly name: string | null;
  readonly files: readonly DroppedFile[];
}

/** @returns the seed that is asked for */
export function createTrainData(
  controller: Controller,
  shown: Store<Shown>,
  datasets: readonly ListedData[],
): () => number {
  const from = byId<HTMLSelectElement>('train-from');
  const [size, seed] = ['train-size', 'train-seed'].map((id) => byId<HTMLInputElement>(id)) as [
    HTMLInputElement,
    HTMLInputElement,
  ];
  const choosers = ['train-files', 'train-folder'].map((id) => byId<HTMLInputElement>(id));
  const seedOf = (): number => {
    const value = Number(seed.value);
    return Number.isInteger(value) && value >= 0 && value < 2 ** 32 ? value : 1;
  };
  let chosen: Chosen | null = null;

  const gather = async (): Promise<void> => {
    if (!chosen) return controller.gather({ kind: 'strokes' });
    await controller.gather({ kind: 'files', ...chosen, size: size.value.trim(), seed: seedOf() });
  };
  const take = async (
    name: string | null,
    files: readonly DroppedFile[] | Promise<readonly DroppedFile[]>,
  ) => {
    if (shown.value.trains || shown.value.gathers) return;
    try {
      chosen = { name, files: await files };
      await gather();
    } catch (error) {
      shown.set({ trouble: error instanceof Error ? error.message : String(error) });
    }
    if (!shown.value.data) chosen = null;
    draw();
  };
  const fetched = async ({ name, file }: ListedData): Promise<DroppedFile[]> => {
    try {
      const bytes = await fetchWhole(file, (share) =>
        shown.set({ busy: `Fetching ${name}: ${Math.round(100 * share)} %` }),
      );
      return [{ path: `${name}.npz`, file: new Blob([bytes as Uint8Array<ArrayBuffer>]) }];
    } finally {
      shown.set({ busy: '' });
    }
  };

  from.append(
    ...datasets.map(({ name, train, test }) =>
      element('option', { value: name }, `${name}: ${train} images to learn, ${test} to test`),
    ),
  );
  if (!datasets.some(({ name }) => name === MNIST)) {
    from.append(element('option', { value: MNIST, disabled: true }, 'mnist (not on this machine)'));
    const command = (line: string): HTMLElement => element('code', {}, line);
    byId('train-from-says').append(
      'MNIST is offered where the machine that serves this page has it: run ',
      ...[command('strelu datasets --only mnist'), ', then ', command('strelu playground')],
      '. Or drop its four files below.',
    );
  }
  from.addEventListener('change', () => {
    const listed = datasets.find(({ name }) => name === from.value);
    if (listed) void take(listed.name, fetched(listed));
    else if (from.value === STROKES) {
      chosen = null;
      void gather();
    }
  });
  for (const chooser of choosers)
    chooser.addEventListener('change', () => {
      void take(null, chosenFiles(chooser.files ?? []));
      chooser.value = '';
    });
  onDrop(byId('train-drop'), ({ items }) => void take(null, droppedFiles(items)));
  for (const field of [size, seed])
    field.addEventListener('change', () => {
      if (chosen && !shown.value.trains) void take(chosen.name, chosen.files);
    });

  const draw = (): void => {
    const { data, trains, gathers } = shown.value;
    from.querySelector(`option[value=${OWN}]`)?.remove();
    if (data && !chosen?.name) from.append(element('option', { value: OWN }, `yours: ${data.source}`));
    from.value = data ? (chosen?.name ?? OWN) : STROKES;
    for (const control of [from, size, seed, ...choosers]) control.disabled = trains || gathers;
    say(byId('data-says'), data ? dataSentence(data) : '');
  };
  shown.watch(({ data, trains, gathers }, before) => {
    if (data !== before.data || trains !== before.trains || gathers !== before.gathers) draw();
  });
  draw();
  return seedOf;
}

/** At most this many classes are named. */
const NAMED = 6;

export function dataSentence({
  source,
  train,
  test,
  shape,
  classes,
  classNames,
  split,
  size,
}: DataFacts): string {
  const names = classNames.slice(0, NAMED).join(', ') + (classNames.length > NAMED ? ', ...' : '');
  const divided = split === null ? '' : `, divided by the seed`;
  const brought = size === null ? '' : `, brought to ${size}`;
  return `${source}: ${train + test} images of ${classes} classes${names && ` (${names})`}; ${train} to learn from and ${test} to test with${divided}; ${shape.join(' x ')}${brought}.`;
}
