/** @file The list of a bucket, as ListObjectsV2 gives it: up to a thousand objects at a time. */
import type { S3Place } from './s3-place.ts';
import { isName, type Stored } from './store.ts';

export interface Page {
  readonly stored: readonly Stored[];
  /** What the next page is asked with; null: this was the last. */
  readonly next: string | null;
}

/** @param from what the page before said; null: the first one */
export function listAddress({ bucket, prefix }: S3Place, from: string | null): string {
  const asked = [
    ['list-type', '2'],
    ['prefix', prefix],
    ['continuation-token', from ?? ''],
  ].filter(([, value]) => value !== '');
  // as the signature has it: a blank is %20 there, and no plus
  return `${bucket}?${asked.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`;
}

/** Objects under names that a store does not have are left out. */
export function pageOf({ prefix }: S3Place, xml: string): Page {
  const stored: Stored[] = [];
  for (const [, object] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
    const key = textOf(object!, 'Key');
    const name = key.slice(prefix.length);
    if (!key.startsWith(prefix) || !isName(name)) continue;
    stored.push({
      name,
      bytes: Number(textOf(object!, 'Size')),
      time: Date.parse(textOf(object!, 'LastModified')),
    });
  }
  const next = textOf(xml, 'IsTruncated') === 'true' ? textOf(xml, 'NextContinuationToken') : '';
  return { stored, next: next === '' ? null : next };
}

const LETTERS: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** What an element holds; '' where there is none. */
function textOf(xml: string, name: string): string {
  const [, found = ''] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return found.replace(/&(?:(lt|gt|amp|quot|apos)|#(\d{1,7}));/g, (_, letter: string | undefined, code) =>
    letter === undefined ? String.fromCodePoint(Number(code)) : LETTERS[letter]!,
  );
}
