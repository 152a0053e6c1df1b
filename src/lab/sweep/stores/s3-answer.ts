/** @file What an S3 server answers, in words: what is wrong and what to do about it. No answer is repeated whole: it may name a key. */
import { InputError } from '../../../errors.ts';
import { Passing } from './back-off.ts';

/** Codes of the protocol, with what is wrong and the remedy. */
const KNOWN: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'expected a key that the server knows, found another; check AWS_ACCESS_KEY_ID',
  SignatureDoesNotMatch:
    'expected the secret that belongs to the key, found another; check AWS_SECRET_ACCESS_KEY and AWS_REGION',
  AuthorizationHeaderMalformed: "expected the bucket's own region, found another; check AWS_REGION",
  ExpiredToken: 'expected a key that is still lent, found one that has ended; get a new one',
  InvalidToken: 'expected the token that belongs to the key, found another; check AWS_SESSION_TOKEN',
  AccessDenied:
    'expected a key that may list the bucket and read, write and remove in it, found one that may not; ask its owner',
  RequestTimeTooSkewed: "expected this machine's clock to be right, found another time; set the clock",
  NoSuchBucket: 'expected a bucket of this name, found none; make it, or check the name and AWS_ENDPOINT_URL',
  EntityTooLarge: 'expected less in one piece, found more than the server takes',
};

/** Codes of a store that takes nothing more; servers differ. */
const FULL = /Quota|StorageFull|InsufficientStorage|NoSpace|DiskFull/i;

/** The code of an answer; '' where it has none. */
export const codeOf = (body: string): string => /<Code>\s*([\w.-]{1,80})\s*<\/Code>/.exec(body)?.[1] ?? '';

/**
 * The error of an answer that is not the expected one.
 * @param place as messages show it
 * @param name what was asked for
 */
export function answerError(place: string, name: string, status: number, body: string): Error {
  const code = codeOf(body);
  const found = code === '' ? `status ${status}` : `${code}, status ${status}`;
  if (status === 507 || FULL.test(code))
    return new InputError(
      `${place}: ${name} was not stored: expected room for it, found a full store (${found}); remove what is not needed, or raise its limit, then run again`,
    );
  const known = KNOWN[code];
  if (known) return new InputError(`${place}: ${known}`);
  if (status >= 500 || status === 429 || status === 408 || code === 'RequestTimeout')
    return new Passing(`${place}: expected the server to answer, found ${found}; run again when it does`);
  if (status >= 300 && status < 400)
    return new InputError(
      `${place}: expected the bucket here, found that it lies elsewhere (${found}); check AWS_REGION and AWS_ENDPOINT_URL`,
    );
  return new InputError(
    `${place}: expected an answer of an S3 server about ${name}, found ${found}; check AWS_ENDPOINT_URL`,
  );
}
