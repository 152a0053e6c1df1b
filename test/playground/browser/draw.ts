/** @file Draws, reads both answers, goes through time, moves every slider, and looks at a neuron. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { NEURONS } from '../../../src/snn/neurons/index.ts';
import { draw, ONE, SEVEN, says, slide, type Visit } from './visit.ts';

export async function checkDrawing({ page }: Visit): Promise<void> {
  await draw(page, SEVEN);
  await says(page, 'ann-says', /^7$/);
  await says(page, 'snn-says', /^7$/);
  await page.click('#clear');
  await draw(page, ONE);
  await says(page, 'ann-says', /^1$/);
  await checkTime(page);
  await checkSliders(page);
  await checkNeuron(page);
  await checkKeys(page);
}

/** Step by step, back, and playing to the end. */
async function checkTime(page: Page): Promise<void> {
  await page.click('#step-back');
  await page.click('#step-back');
  assert.equal(await page.textContent('#step-says'), 'after step 6 of 8');
  const before = await spikesShown(page);
  await page.click('#step-on');
  assert.equal(await page.textContent('#step-says'), 'after step 7 of 8');
  assert.ok((await spikesShown(page)) > before, 'spikes are counted up to the step that is shown');
  await slide(page, 'step', 1);
  assert.equal(await page.textContent('#step-says'), 'after step 1 of 8');
  await page.selectOption('#speed', '60');
  await page.click('#play');
  await says(page, 'step-says', /^after step 8 of 8$/);
  await says(page, 'play', /^Play$/);
  assert.equal(await page.locator('#timeline .cell').count(), 8);
}

const spikesShown = async (page: Page): Promise<number> =>
  Number.parseFloat((await page.textContent('#spikes-each'))!);

async function checkSliders(page: Page): Promise<void> {
  await slide(page, 'steps', 16);
  await says(page, 'step-says', /^after step 16 of 16$/);
  await page.waitForFunction(() => document.querySelectorAll('#timeline .cell').length === 16);
  assert.match(page.url(), /./);
  for (const { name } of NEURONS) {
    await page.selectOption('#neuron', name);
    await says(page, 'engine-says', new RegExp(`^${name}, `));
    await says(page, 'neuron-says', new RegExp(`^${name} `));
  }
  assert.notEqual(await page.textContent('#fits-says'), undefined);
  await page.selectOption('#neuron', 'half');
  await page.selectOption('#schedule', 'settling');
  await says(page, 'engine-says', /^half, settling/);
  await says(page, 'laws-body', /L17/);
  await slide(page, 'theta', 1);
  await says(page, 'theta-says', /^× 2\.00$/);
  await slide(page, 'start', 0.5);
  await says(page, 'start-says', /^0\.50 θ$/);
  await page.waitForFunction(() => /theta=2&v0=0\.5&schedule=settling/.test(location.hash));
  await page.click('#as-trained');
  await says(page, 'engine-says', /^half, streaming/);
  await says(page, 'laws-verdict', /^All 5 laws hold/);
}

async function checkNeuron(page: Page): Promise<void> {
  const map = page.locator('#maps canvas').nth(1);
  await map.hover({ position: { x: 12, y: 12 } });
  await says(page, 'neuron-place', /^act2, channel 0/);
  const place = await page.textContent('#neuron-place');
  await map.focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((was) => document.getElementById('neuron-place')!.textContent !== was, place);
  for (const id of ['potential', 'staircase']) {
    assert.equal(await page.locator(`#${id} svg circle.present`).count(), 1, id);
    assert.ok((await page.locator(`#${id} svg path`).count()) > 1, id);
  }
  await page.check('input[name=shows][value=counts]');
  await says(page, 'maps', /have spiked/);
  await page.check('input[name=shows][value=spikes]');
  assert.equal(await page.locator('#raster canvas').count(), 4);
}

/** A one by arrow keys and space bar alone. */
async function checkKeys(page: Page): Promise<void> {
  await page.click('#clear');
  await page.focus('#pad');
  await page.keyboard.press(' ');
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await says(page, 'ann-says', /^1$/);
}
