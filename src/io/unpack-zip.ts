/** @file Takes the files of a data set out of a ZIP archive; no other member is written. */
import { dirname, join, relative } from 'node:path';
import { unzip, zipMembers } from '../data/zip.ts';
import { InputError } from '../errors.ts';
import { bytesDigest } from './digest.ts';
import { readBytes } from './files.ts';
import type { ManifestFile } from './manifest.ts';
import { writeAtomic } from './write-atomic.ts';

/**
 * @param archive its members are called as the files are from its own folder on
 * @param directory of all data sets
 * @throws InputError naming the archive and the member that is missing or wrong
 */
export async function unpackZip(
  archive: string,
  directory: string,
  files: readonly ManifestFile[],
  tell: (file: ManifestFile) => void,
): Promise<void> {
  const bytes = await readBytes(archive);
  const members = new Map(zipMembers(bytes, archive).map((member) => [member.name, member]));
  const folder = dirname(relative(directory, archive));
  for (const file of files) {
    const name = relative(folder, file.path).replaceAll('\\', '/');
    const member = members.get(name);
    if (!member || (file.bytes !== null && member.size !== file.bytes))
      throw new InputError(
        `${archive}: has no member ${name} of the right size; remove the archive and run again`,
      );
    const content = await unzip(bytes, member, archive);
    if (file.digest !== null && bytesDigest(content, file.digest.name) !== file.digest.hex)
      throw new InputError(
        `${archive}: ${file.digest.name} of its member ${name} is wrong; remove the archive and run again`,
      );
    await writeAtomic(join(directory, file.path), content);
    tell(file);
  }
}
