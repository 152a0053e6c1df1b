/**
 * @file The page: its state from the link, its parts, its worker.
 */
import { createClient } from './client.ts';
import { createController } from './controller.ts';
import { listOffered } from './networks.ts';
import { workOffline } from './offline.ts';
import type {} from './start.ts';
import { linkOf, stateOf } from './state/link.ts';
import { NOTHING } from './state/shown.ts';
import { createStore } from './state/store.ts';
import { createAnswers } from './view/answers.ts';
import { createBreakIt } from './view/break-it.ts';
import { createNetworks, openListed } from './view/choose-network.ts';
import { createCounters } from './view/counters.ts';
import { byId, say } from './view/element.ts';
import { createLaws } from './view/laws.ts';
import { createMaps } from './view/maps.ts';
import { createNeuron } from './view/neuron.ts';
import { createPad } from './view/pad.ts';
import { createPictures } from './view/pictures.ts';
import { createRaster } from './view/raster.ts';
import { createSettings } from './view/settings.ts';
import { createTraining } from './view/train.ts';
import { createTrainData } from './view/train-data.ts';
import { createTransport } from './view/transport.ts';
import { createYours } from './view/yours.ts';

/** How long the state must rest before it is written into the address. */
const LINK_MS = 300;
/** When the first answer stood on the page, for whoever measures it. */
const FIRST_ANSWER = 'first-answer';

const listed = listOffered();
const state = createStore(stateOf(location.hash));
const shown = createStore(NOTHING);
const controller = createController(createClient(globalThis.playgroundWorker), state, shown);

createPad(byId('pad'), byId('clear'), state, shown);
createPictures(controller, state, shown);
createAnswers(byId('answers'), state, shown);
createTransport(state, shown);
createSettings(state, shown);
createCounters(state, shown);
createMaps(byId('maps'), state, shown);
createRaster(byId('raster'), state, shown);
createNeuron(state, shown);
createLaws(shown);
createBreakIt(state, shown);
createYours(controller, state, shown);

shown.watch(({ answer, trouble, busy }) => {
  say(byId('trouble'), trouble);
  say(byId('busy'), busy);
  if (answer) {
    if (performance.getEntriesByName(FIRST_ANSWER).length === 0) performance.mark(FIRST_ANSWER);
    const kind = answer.threads > 1 ? `${answer.threads} threads` : 'one thread';
    say(
      byId('engine-says'),
      `${answer.neuron}, ${answer.schedule}: ${answer.milliseconds.toFixed(1)} ms on ${kind}.`,
    );
  }
});

let written: ReturnType<typeof setTimeout> | undefined;
state.watch((now, before) => {
  if (now === before) return;
  clearTimeout(written);
  written = setTimeout(() => history.replaceState(null, '', linkOf(state.value)), LINK_MS);
});

addEventListener('hashchange', () => location.reload());

try {
  const { networks, datasets } = await listed;
  createTraining(controller, shown, createTrainData(controller, shown, datasets));
  const first = networks.find(({ name }) => name === state.value.network) ?? networks[0]!;
  state.set({ network: first.name });
  createNetworks(controller, state, shown, networks);
  await openListed(controller, shown, first);
} catch (error) {
  shown.set({ trouble: error instanceof Error ? error.message : String(error) });
}
workOffline();
