/** @file One signed request to a server that speaks S3 (Signature Version 4), and its whole answer. */
import { bytesDigest } from '../../../io/digest.ts';
import { errorCode } from '../../../io/files.ts';
import { Passing } from './back-off.ts';
import { loadAws } from './load-aws.ts';
import type { S3Place } from './s3-place.ts';

export interface AskOptions {
  /** A try is given up when nothing has come for this long. Default: 30,000. */
  readonly stallMs?: number;
}

export type Method = 'HEAD' | 'GET' | 'PUT' | 'DELETE';

/** An answer with all of its content. */
export interface Answer {
  readonly status: number;
  readonly bytes: Uint8Array;
}

type Ask = (method: Method, url: string, body: Uint8Array<ArrayBuffer>) => Promise<Answer>;

/** Bytes a second below which a PUT is given up. */
const LEAST_RATE = 2 ** 16;

/** One signed request, with no second try. @throws Passing when no whole answer came */
export async function asking(s3: S3Place, { stallMs = 30_000 }: AskOptions): Promise<Ask> {
  const { AwsV4Signer } = await loadAws();
  const { region, accessKeyId, secretAccessKey, sessionToken } = s3;
  const cache = new Map<string, ArrayBuffer>();
  return async (method, url, body) => {
    const signed = await new AwsV4Signer({
      ...{ method, region, accessKeyId, secretAccessKey, cache, ...(sessionToken && { sessionToken }) },
      ...{ service: 's3', url },
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
