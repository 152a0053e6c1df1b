/**
 * @file The floors as a picture: a row for each room, what lives there, about how many files it has, and a square below each room
 * that it imports from, the darker the more imports. No square is left of its own room's: imports only go down. Numbers are rounded,
 * so that a new file does not make the picture a wrong one.
 */
import type { RoomFacts } from './facts.ts';

const ROW = 26;
const TOP = 116;
const NAME = 12;
const SAYS = 112;
const SIZES = 668;
const GRID = 690;
const CELL = 22;

/** Colours for light and dark pages. */
const STYLE = `text{font:13px system-ui,sans-serif;fill:#1f2328}.says,.size,.from{fill:#59636e}.name{font-weight:600}.size{text-anchor:end}.line{stroke:#d1d9e0}.cell{fill:#0969da}.self{fill:#d1d9e0}
@media (prefers-color-scheme: dark){text{fill:#f0f6fc}.says,.size,.from{fill:#9198a1}.line{stroke:#3d444d}.cell{fill:#4493f8}.self{fill:#3d444d}}`;

/** @param rooms from the top floor down */
export function pictureOf(rooms: readonly RoomFacts[]): string {
  const width = GRID + rooms.length * CELL + 40;
  const height = TOP + rooms.length * ROW + 8;
  const heads = rooms.map(({ name }, c) => {
    const x = GRID + c * CELL + CELL / 2 + 4;
    return `<text class="from" x="${x}" y="${TOP - 10}" transform="rotate(-60 ${x} ${TOP - 10})">${name}</text>`;
  });
  const rows = rooms.map((room, r) => {
    const y = TOP + r * ROW;
    const cells = rooms.map(({ name }, c) => {
      const count = room.imports.get(name) ?? 0;
      const [x, top] = [GRID + c * CELL + 2, y + 4];
      const square = `x="${x}" y="${top}" width="${CELL - 4}" height="${ROW - 8}" rx="3"`;
      if (c === r) return `<rect class="self" ${square}/>`;
      if (count === 0) return '';
      return `<rect class="cell" ${square} opacity="${strength(count)}"><title>${room.name} imports ${name}</title></rect>`;
    });
    return [
      `<line class="line" x1="8" x2="${width - 8}" y1="${y}" y2="${y}"/>`,
      `<text class="name" x="${NAME}" y="${y + 17}">${room.name}</text>`,
      `<text class="says" x="${SAYS}" y="${y + 17}">${room.says}</text>`,
      `<text class="size" x="${SIZES}" y="${y + 17}">${about(room.files)}</text>`,
      ...cells.filter((cell) => cell !== ''),
    ].join('\n');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="The rooms of src/ and what each imports">`,
    `<style>${STYLE}</style>`,
    `<text class="from" x="${NAME}" y="${TOP - 10}">room</text><text class="size" x="${SIZES}" y="${TOP - 10}">files</text>`,
    ...heads,
    ...rows,
    '</svg>\n',
  ].join('\n');
}

/** Few imports, some, many. */
const strength = (count: number): number => (count < 4 ? 0.35 : count < 16 ? 0.65 : 1);

const about = (files: number): string => (files < 10 ? String(files) : `${10 * Math.round(files / 10)}`);
