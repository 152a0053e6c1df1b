/**
 * @file The package's version, from its own package.json, whether run unbuilt or from dist/.
 */
import { readFileSync } from 'node:fs';

export function packageVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      const found: unknown = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
      if (isPackage(found) && found.name === 'strelu') return found.version;
    } catch {
      // not here: one level up
    }
  }
  return 'unknown';
}

function isPackage(value: unknown): value is { name: string; version: string } {
  return typeof value === 'object' && value !== null && 'name' in value && 'version' in value;
}
