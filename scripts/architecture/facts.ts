/** @file What the picture shows of each room, counted in the sources. */
import { importsBelow } from '../../test/support/imports.ts';
import { ROOMS, type Room } from './rooms.ts';

export interface RoomFacts extends Room {
  readonly files: number;
  /** Imports of files of other rooms, by room. */
  readonly imports: ReadonlyMap<string, number>;
}

/** The room of a file, by its path from src/. */
const roomOf = (path: string): string => path.split(/[/.]/)[0]!;

/** @param source the address of src/ */
export async function roomFacts(source: URL): Promise<RoomFacts[]> {
  const files = await importsBelow(source);
  return ROOMS.map((room) => {
    const own = [...files].filter(([path]) => roomOf(path) === room.name);
    const imports = new Map<string, number>();
    for (const target of own.flatMap(([, targets]) => targets)) {
      const from = roomOf(target);
      if (from !== room.name) imports.set(from, (imports.get(from) ?? 0) + 1);
    }
    return { ...room, files: own.length, imports };
  });
}
