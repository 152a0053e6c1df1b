/** @file Which bucket of which server, and with which key: s3://BUCKET[/PREFIX] and the usual variables of the environment. */
import { InputError, UsageError } from '../../../errors.ts';
import { environment } from '../../../platform/environment.ts';
import { checkName } from './store.ts';

export interface S3Place {
  /** s3://BUCKET/PREFIX: what messages show. */
  readonly place: string;
  /** The server, without anything secret. */
  readonly server: string;
  /** The address of a name of the store. */
  addressOf(name: string): string;
  /** The address of the bucket. */
  readonly bucket: string;
  /** What stands before every name in the bucket, with its last '/'; '' where nothing does. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** With keys that are lent for a while only. */
  readonly sessionToken?: string;
}

/** Reads a variable of the environment; a test may hand in another. */
export type Variables = (name: string) => string | undefined;

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** @throws UsageError naming what is wrong; the address itself is never repeated, since it may hold a key by mistake */
export function s3Place(address: string, variables: Variables = environment): S3Place {
  const [bucket = '', ...parts] = address
    .replace(/^s3:\/\//i, '')
    .replace(/\/+$/, '')
    .split('/');
  if (!BUCKET.test(bucket))
    throw new UsageError(
      'store: expected s3://BUCKET or s3://BUCKET/PREFIX with the name of a bucket (3 to 63 small letters, digits, - and .), found another; keys belong into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    );
  const prefix = parts.join('/');
  if (prefix !== '') checkName(`s3://${bucket}`, prefix);
  const place = [`s3://${bucket}`, ...parts].join('/');
  const [accessKeyId, secretAccessKey] = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map((name) => {
    const found = variables(name);
    if (found) return found;
    throw new InputError(`${place}: expected a key in ${name}, found none; set it in the environment`);
  }) as [string, string];
  const region = variables('AWS_REGION') || variables('AWS_DEFAULT_REGION') || 'us-east-1';
  const sessionToken = variables('AWS_SESSION_TOKEN');
  const base = baseOf(bucket, region, variables('AWS_ENDPOINT_URL_S3') || variables('AWS_ENDPOINT_URL'));
  return {
    ...{ place, region, accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
    server: base.origin,
    bucket: base.href,
    prefix: prefix === '' ? '' : `${prefix}/`,
    addressOf: (name) => `${base.href.replace(/\/$/, '')}/${[...parts, name].join('/')}`,
  };
}

/** Where the bucket lies: below the server's own address, or at an address of its own, as Amazon has it. */
function baseOf(bucket: string, region: string, endpoint: string | undefined): URL {
  if (!endpoint)
    return bucket.includes('.')
      ? new URL(`https://s3.${region}.amazonaws.com/${bucket}`)
      : new URL(`https://${bucket}.s3.${region}.amazonaws.com`);
  const base = URL.canParse(endpoint) ? new URL(endpoint) : null;
  const plain = base && /^https?:$/.test(base.protocol) && base.username + base.password + base.search === '';
  if (!plain)
    throw new UsageError(
      'AWS_ENDPOINT_URL: expected an address such as https://minio.example:9000, without a name, a password or a question mark; found another',
    );
  base.pathname = `${base.pathname.replace(/\/+$/, '')}/${bucket}`;
  return base;
}
