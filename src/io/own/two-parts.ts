import { InputError } from '../../errors.ts';
import { samePlace } from '../same-source.ts';

/**
 * Training and test images are two things: one file or folder as both would test a network on what it learned.
 * @param files of all roles, by what they are: 'train images', 'test labels', ...
 * @throws InputError naming two that are one, through links or in another spelling
 */
export function refuseOneForTwo(files: Iterable<readonly [role: string, path: string]>): void {
  const seen: (readonly [role: string, path: string])[] = [];
  for (const [role, path] of files) {
    const other = seen.find(([, earlier]) => samePlace(earlier, path));
    if (other)
      throw new InputError(
        `${path}: expected ${role} of their own, found the same place as ${other[1]} (${other[0]}); give each its own, or give a split`,
      );
    seen.push([role, path]);
  }
}
