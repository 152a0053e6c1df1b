/**
 * @file A bucket of a server that speaks S3 as a store. An object is put by one request, which a server takes whole or not at all, and
 * every request is signed with its content's digest, so that nothing that changed on its way is taken.
 */
import { InputError } from '../../../errors.ts';
import { bytesDigest } from '../../../io/digest.ts';
import { errorCode } from '../../../io/files.ts';
import { BACK_OFF, type BackOff, Passing, withBackOff } from './back-off.ts';
import { loadAws } from './load-aws.ts';
import { answerError, codeOf } from './s3-answer.ts';
import { type S3Place, s3Place } from './s3-place.ts';
import { checkName, type Store } from './store.ts';

export interface S3Options {
  readonly backOff?: BackOff;
  /** A try is given up when nothing has come for this long. Default: 30,000. */
  readonly stallMs?: number;
}

type Method = 'HEAD' | 'GET' | 'PUT' | 'DELETE';

/** An answer with all of its content. */
interface Answer {
  readonly status: number;
  readonly bytes: Uint8Array;
}

/** What one PUT takes, by the protocol: 5 GiB. */
const LARGEST = 5 * 2 ** 30;
/** Bytes a second below which a PUT is given up. */
const LEAST_RATE = 2 ** 16;
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
    const { status, bytes: content } = await ask(method, name, bytes);
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
        const { status } = await ask('HEAD', name, NOTHING);
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

/** One signed request, with no second try. @throws Passing when no whole answer came */
async function asking(
  s3: S3Place,
  { stallMs = 30_000 }: S3Options,
): Promise<(method: Method, name: string, body: Uint8Array<ArrayBuffer>) => Promise<Answer>> {
  const { AwsV4Signer } = await loadAws();
  const { region, accessKeyId, secretAccessKey, sessionToken } = s3;
  const cache = new Map<string, ArrayBuffer>();
  return async (method, name, body) => {
    const signed = await new AwsV4Signer({
      ...{ method, region, accessKeyId, secretAccessKey, cache, ...(sessionToken && { sessionToken }) },
      service: 's3',
      url: s3.addressOf(name),
      headers: { 'x-amz-content-sha256': bytesDigest(body, 'sha256') },
    }).sign();
    const abort = new AbortController();
    const patience = stallMs + (1000 * body.length) / LEAST_RATE;
    let timer = setTimeout(() => abort.abort(), patience);
    try {
      const response = await fetch(signed.url, {
        ...{ method, headers: signed.headers, redirect: 'manual', signal: abort.signal },
        ...(method === 'PUT' && { body }),
      });
      const pieces: Uint8Array[] = [];
      for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        clearTimeout(timer);
        timer = setTimeout(() => abort.abort(), stallMs);
        pieces.push(piece);
      }
      return { status: response.status, bytes: joined(pieces) };
    } catch (error) {
      const why = abort.signal.aborted ? `nothing came for ${stallMs / 1000} s` : reasonOf(error);
      throw new Passing(
        `${s3.place}: expected ${s3.server} to answer, found that it does not (${why}); check AWS_ENDPOINT_URL and the network`,
      );
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Why a request failed; `fetch` has it as the cause of its error. The address is left out: it says nothing more. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return errorCode(cause) || 'connection failed';
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
