/**
 * @file Which class a dropped picture belongs to: its folder says so, or, where there are no folders, what its name begins with
 * (ash-1.png, ash_1.png, ash1.png, 7.png).
 */
import { InputError } from '../../../errors.ts';
import type { PictureFolder } from '../../../io/folder/list-pictures.ts';

/** What stands before a dash, an underscore, a blank or a dot. */
const BEGINNING = /^([^-_. ]+)[-_. ]/;

/**
 * @param prefix what all paths here begin with
 * @throws InputError for a picture that lies deeper than in a class folder, or beside class folders, or whose name has no class
 */
export function classFolders(name: string, paths: readonly string[], prefix = ''): PictureFolder {
  const inner = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  const deep = inner.find((path) => path.split('/').length > 2);
  if (deep !== undefined)
    throw new InputError(
      `${prefix}${deep}: expected a folder for each class, found a folder in one; move its pictures up`,
    );
  const sorted = inner.filter((path) => path.includes('/'));
  if (sorted.length > 0 && sorted.length < inner.length)
    throw new InputError(
      `${prefix}${inner.find((path) => !path.includes('/'))}: expected a folder for each class, found a file beside them; move it into one`,
    );
  const classOf = sorted.length > 0 ? (path: string): string => path.split('/')[0]! : classInName;
  const classes = new Map<string, string[]>();
  for (const path of inner) {
    const own = classOf(path);
    classes.set(own, [...(classes.get(own) ?? []), `${prefix}${path}`]);
  }
  const list = [...classes].map(([own, files]) => ({ name: own, files }));
  return { path: name, classes: list.sort((a, b) => (a.name < b.name ? -1 : 1)), hidden: 0 };
}

function classInName(name: string): string {
  const stem = name.replace(/\.[^.]*$/, '');
  const own = BEGINNING.exec(stem)?.[1] ?? stem.replace(/(\D)\d+$/, '$1');
  if (own !== '') return own;
  throw new InputError(
    `${name}: expected a class at the beginning of its name, as in ash-1.png, or pictures in a folder for each class`,
  );
}
