/**
 * @file A network of one's own: dropped, summarised, converted by any method, tried on pictures dropped beside it, and taken away as
 * a spiking network.
 */
import type { Controller } from '../controller.ts';
import type { Accuracy, Sample } from '../protocol.ts';
import type { Shown } from '../state/shown.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { onDrop } from './drop-zone.ts';
import { byId, element, say } from './element.ts';
import { labelOf } from './label-of.ts';
import { readPicture } from './read-picture.ts';
import { save } from './save.ts';

/** Files of networks, by their names. */
const NETWORK = /\.(safetensors|onnx|nir)$/i;

export function createYours(controller: Controller, state: Store<State>, shown: Store<Shown>): void {
  const chooser = byId<HTMLInputElement>('files');
  const method = byId<HTMLSelectElement>('method');

  const trouble = (error: unknown): void =>
    shown.set({ trouble: error instanceof Error ? error.message : String(error) });
  const take = async (files: readonly File[]): Promise<void> => {
    const network = files.find(({ name }) => NETWORK.test(name));
    if (network) {
      const bytes = new Uint8Array(await network.arrayBuffer());
      state.set({ network: network.name });
      controller.samplesFrom(null);
      await controller.open({ kind: 'file', name: network.name, bytes });
    }
    const pictures = files.filter((file) => file !== network);
    if (pictures.length > 0 && shown.value.trouble === '') await tryOn(pictures);
  };
  const tryOn = async (files: readonly File[]): Promise<void> => {
    const { facts } = shown.value;
    if (!facts) return;
    try {
      const pictures = await Promise.all(
        files.map(
          async (file): Promise<Sample> => ({
            picture: await readPicture(file, facts),
            label: labelOf(file.name, facts.classNames),
          }),
        ),
      );
      state.set({ picture: pictures[0]!.picture });
      const known = pictures.filter(({ label }) => label >= 0);
      if (known.length === 0)
        return say(
          byId('accuracy-says'),
          'No class in the names of these files: begin them with it, as in 7-mine.png.',
        );
      const found = await controller.client.ask('accuracy', {
        pictures: known,
        settings: state.value.settings,
      });
      say(byId('accuracy-says'), accuracySentence(found, files.length));
      const { accuracyPlot } = await import('./accuracy-plot.ts');
      byId('accuracy-curve').replaceChildren(accuracyPlot(found));
    } catch (error) {
      trouble(error);
    }
  };

  chooser.addEventListener('change', () => {
    void take([...(chooser.files ?? [])]);
    chooser.value = '';
  });
  onDrop(byId('drop'), ({ files }) => void take([...files]));
  method.addEventListener('change', () => void controller.open({ kind: 'again', method: method.value }));
  for (const what of ['model', 'snn', 'nir', 'report'] as const)
    byId(`save-${what}`).addEventListener('click', () => {
      controller.client.ask('download', { what }).then(({ name, bytes }) => save(name, bytes), trouble);
    });

  shown.watch(({ facts }, before) => {
    if (!facts || facts === before.facts) return;
    method.replaceChildren(...facts.methods.map((name) => element('option', { value: name }, name)));
    method.value = facts.method;
    method.disabled = facts.methods.length < 2;
    byId<HTMLButtonElement>('save-model').disabled = facts.activation === '';
    const kind = facts.activation
      ? `${facts.activation}, converted by ${facts.method}`
      : 'a spiking network, as it is';
    say(
      byId('yours-says'),
      `${facts.name}: ${kind}; pictures of ${facts.input.join(' x ')}, ${facts.classNames.length} classes.`,
    );
    byId('summary').replaceChildren(...facts.summary.map((line) => element('li', {}, line)));
    byId('became').replaceChildren(...facts.became.map((line) => element('li', {}, line)));
    byId('import-report').hidden = facts.became.length === 0;
  });
}

function accuracySentence({ images, ann, snn }: Accuracy, dropped: number): string {
  const left = dropped > images ? ` (${dropped - images} more have no class in their name)` : '';
  const reference = ann === null ? '' : `ANN ${ann.toFixed(1)} %, `;
  return `${images} pictures${left}: ${reference}spiking network ${snn.at(-1)!.toFixed(1)} % after ${snn.length} steps.`;
}
