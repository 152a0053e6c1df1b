/**
 * @file A bucket of a server that speaks S3 as a store. An object is put by one request, which a server takes whole or not at all, and
 * every request is signed with its content's digest, so that nothing that changed on its way is taken.
 */
import { InputError } from '../../../errors.ts';
import { BACK_OFF, type BackOff, Passing, withBackOff } from './back-off.ts';
import { answerError, codeOf } from './s3-answer.ts';
import { type Answer, type AskOptions, asking, type Method } from './s3-ask.ts';
import { listAddress, type Page, pageOf } from './s3-list.ts';
import { s3Place } from './s3-place.ts';
import { checkName, type Store, type Stored } from './store.ts';

export interface S3Options extends AskOptions {
  readonly backOff?: BackOff;
}

/** What one PUT takes, by the protocol: 5 GiB. */
const LARGEST = 5 * 2 ** 30;
const NOTHING = new Uint8Array();

/**
 * @param address s3://BUCKET[/PREFIX]
 * @throws UsageError for a wrong address; InputError when the server cannot be reached, has no such bucket, or refuses the key
 */
export async function openS3Store(address: string, options: S3Options = {}): Promise<Store> {
  const s3 = s3Place(address);
  const { place } = s3;
  const ask = await asking(s3, options);
  const wanted = async (method: Method, name: string, bytes = NOTHING): Promise<Answer | null> => {
    checkName(place, name);
    const { status, bytes: content } = await ask(method, s3.addressOf(name), bytes);
    if (status >= 200 && status < 300) return { status, bytes: content };
    const said = new TextDecoder().decode(content.subarray(0, 4000));
    if (status === 404 && codeOf(said) === 'NoSuchKey') return null;
    throw answerError(place, name, status, said);
  };
  const store: Store = {
    place,
    has(name) {
      checkName(place, name);
      return tried(async () => {
        const { status } = await ask('HEAD', s3.addressOf(name), NOTHING);
        if (status >= 200 && status < 300) return true;
        if (status === 404) return false; // the answer has no text: that the bucket is there was seen when it was opened
        throw answerError(place, name, status, '');
      });
    },
    get: async (name) => (await tried(() => wanted('GET', name)))?.bytes ?? null,
    async put(name, bytes) {
      if (bytes.length > LARGEST)
        throw new InputError(`${place}: ${name}: expected at most 5 GiB, found ${bytes.length} bytes`);
      const own = new Uint8Array(bytes); // shared memory cannot be sent, and a second try sends the same
      await tried(() => wanted('PUT', name, own));
    },
    async remove(name) {
      await tried(() => wanted('DELETE', name));
    },
    async list() {
      const found: Stored[] = [];
      let from: string | null = null;
      do {
        const page = await tried(() => listed(from));
        for (const one of page.stored) found.push(one);
        from = page.next;
      } while (from !== null);
      return found;
    },
  };
  /** @param from where the last page ended */
  const listed = async (from: string | null): Promise<Page> => {
    const { status, bytes } = await ask('GET', listAddress(s3, from), NOTHING);
    const said = new TextDecoder().decode(bytes);
    if (status >= 200 && status < 300) return pageOf(s3, said);
    throw answerError(place, 'its list', status, said.slice(0, 4000));
  };
  const tried = async <T>(attempt: () => Promise<T>): Promise<T> => {
    try {
      return await withBackOff(attempt, options.backOff ?? BACK_OFF);
    } catch (error) {
      throw error instanceof Passing ? new InputError(error.message) : error;
    }
  };
  // A wrong key or bucket is said now, not after the first hour of work.
  await store.get('strelu-store');
  return store;
}
