/**
 * @file Where a digit is drawn: by mouse, touch or pen, or by arrow keys with the space bar to put the pen down. While it is drawn the
 * picture goes to the networks, so that both answer along with the hand.
 */
import type { MapShape } from '../../nn/architecture.ts';
import type { Shown } from '../state/shown.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { colours, onColours } from './colours.ts';
import { inked, type Stroke } from './ink.ts';
import { drawPicture } from './picture.ts';

/** Pixels of the pad; its size on the screen is the style sheet's. */
const SIDE = 280;
const PEN = 22;
const KEY_STEP = 0.05;
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function createPad(
  pad: HTMLCanvasElement,
  clear: HTMLButtonElement,
  state: Store<State>,
  shown: Store<Shown>,
): void {
  pad.tabIndex = 0;
  pad.setAttribute('role', 'application');
  pad.setAttribute(
    'aria-label',
    'Drawing pad: draw with the pointer, or move the pen with the arrow keys and put it down or lift it with the space bar',
  );
  pad.width = SIDE;
  pad.height = SIDE;
  const context = pad.getContext('2d')!;
  let strokes: number[][] = [];
  let pen: { x: number; y: number; down: boolean } | null = null;
  let own = new Uint8Array(0);

  const input = (): MapShape => shown.value.facts?.input ?? [28, 28, 1];
  const changed = (): void => {
    const ink = inked(strokes, input());
    const bright = shown.value.facts?.ground === 'bright';
    own = (bright ? ink.map((value) => 255 - value) : ink) as Uint8Array<ArrayBuffer>;
    shown.set({ label: '' });
    state.set({ picture: own });
    draw();
  };
  const draw = (): void => {
    const { picture } = state.value;
    context.clearRect(0, 0, SIDE, SIDE);
    if (picture !== own && picture.length > 0) drawPicture(context, picture, shown.value.facts, SIDE);
    else drawStrokes(context, strokes);
    if (pen) drawPen(context, pen);
  };
  const begin = (x: number, y: number): void => {
    if (state.value.picture !== own) strokes = [];
    strokes.push([x, y]);
  };
  const at = (event: PointerEvent): [number, number] => {
    const box = pad.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  pad.addEventListener('pointerdown', (event) => {
    pad.setPointerCapture(event.pointerId);
    pen = null;
    begin(...at(event));
    changed();
  });
  pad.addEventListener('pointermove', (event) => {
    if (!pad.hasPointerCapture(event.pointerId)) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) strokes.at(-1)!.push(...at(part));
    changed();
  });
  pad.addEventListener('keydown', (event) => {
    const move = MOVES[event.key];
    if (!move && event.key !== ' ') return;
    event.preventDefault();
    pen ??= { x: 0.5, y: 0.3, down: false };
    if (!move) {
      pen.down = !pen.down;
      if (pen.down) begin(pen.x, pen.y);
    } else {
      pen.x = Math.min(1, Math.max(0, pen.x + KEY_STEP * move[0]));
      pen.y = Math.min(1, Math.max(0, pen.y + KEY_STEP * move[1]));
      if (pen.down) strokes.at(-1)!.push(pen.x, pen.y);
    }
    if (pen.down) changed();
    else draw();
  });
  clear.addEventListener('click', () => {
    strokes = [];
    changed();
  });
  onColours(draw);
  state.watch(({ picture }, before) => picture !== before.picture && draw());
  shown.watch(({ facts }, before) => facts && facts !== before.facts && strokes.length > 0 && changed());
  draw();
}

function drawStrokes(context: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  const { ink } = colours();
  context.strokeStyle = `rgb(${ink.join()})`;
  context.lineWidth = PEN;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) {
    context.beginPath();
    context.moveTo(SIDE * stroke[0]!, SIDE * stroke[1]!);
    for (let i = 0; i + 1 < stroke.length; i += 2) context.lineTo(SIDE * stroke[i]!, SIDE * stroke[i + 1]!);
    context.stroke();
  }
}

/** The pen of the arrow keys: a ring, filled while it is down. */
function drawPen(context: CanvasRenderingContext2D, pen: { x: number; y: number; down: boolean }): void {
  const { up } = colours();
  context.beginPath();
  context.arc(SIDE * pen.x, SIDE * pen.y, 9, 0, 2 * Math.PI);
  context.lineWidth = 3;
  context.strokeStyle = `rgb(${up.join()})`;
  context.fillStyle = context.strokeStyle;
  context.stroke();
  if (pen.down) context.fill();
}
