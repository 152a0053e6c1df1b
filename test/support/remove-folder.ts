/** @file Removes a folder in which somebody writes: a file that comes meanwhile makes a single attempt fail. */
import { rm } from 'node:fs/promises';

const ATTEMPTS = 100;

export async function removeFolder(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      return await rm(folder, { recursive: true, force: true });
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
}
