/** @file Files from a chooser or a drop, with their paths: folders are walked through. */
import type { DroppedFile } from '../protocol.ts';

/** Files of a chooser; one of folders gives each its path. */
export const chosenFiles = (files: Iterable<File>): DroppedFile[] =>
  [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/** What was dropped. The list of a drop is empty once its event is over, so that it is taken at once, and then walked through. */
export async function droppedFiles(items: Iterable<DataTransferItem>): Promise<DroppedFile[]> {
  const roots = [...items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found = await Promise.all(
    roots.map(({ entry, file }) => (entry ? filesBelow(entry) : file ? chosenFiles([file]) : [])),
  );
  return found.flat();
}

async function filesBelow(entry: FileSystemEntry): Promise<DroppedFile[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, () => reject(unreadable(path))),
    );
    return [{ path, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const below: DroppedFile[] = [];
  for (;;) {
    // A folder is read in portions, of which the last one is empty.
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, () => reject(unreadable(path))),
    );
    if (portion.length === 0) return below;
    for (const one of portion) below.push(...(await filesBelow(one)));
  }
}

const unreadable = (path: string): Error =>
  new Error(`${path}: the browser cannot read it; choose it by the buttons, or check who may read it`);
