/**
 * @file A server on the loopback that speaks as much of S3 as a store needs, and checks every signature (AWS Signature Version 4) by
 * the published rules, written down here a second time.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const KEY = {
  id: 'AKIDEXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'eu-test-1',
};

/** What a request meets instead of its answer. */
export type Fault = { readonly status: number; readonly code?: string } | 'silence' | 'reset' | 'cut';

export interface S3Server {
  readonly url: string;
  /** By bucket/name. */
  readonly objects: Map<string, Uint8Array>;
  /** What the next requests meet, one each. */
  readonly faults: Fault[];
  /** When each object was put there; a test may change it. */
  readonly times: Map<string, Date>;
  /** What requests of a kind meet, after those; a test may set it. */
  meets: (method: string, name: string) => Fault | null;
  /** Method and path of every request so far. */
  readonly seen: string[];
  close(): Promise<void>;
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The code of what is wrong with the signature of a request, or null. */
function wrong(request: IncomingMessage, body: Uint8Array): string | null {
  const { authorization = '', ...headers } = request.headers;
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w{64})$/;
  const [, id, day, region, signed, signature] = parts.exec(authorization) ?? [];
  if (id === undefined) return 'AccessDenied';
  if (id !== KEY.id) return 'InvalidAccessKeyId';
  if (region !== KEY.region) return 'AuthorizationHeaderMalformed';
  const time = String(headers['x-amz-date']);
  const content = String(headers['x-amz-content-sha256']);
  if (content !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const names = signed!.split(';');
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name)))
    return 'AccessDenied';
  const [path, query = ''] = request.url!.split('?');
  const canonical = [
    ...[request.method, path, query.split('&').sort().join('&')],
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/\s+/g, ' ')}`),
    ...['', signed, content],
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n');
  const key = [day!, region, 's3', 'aws4_request'].reduce(hmac, `AWS4${KEY.secret}` as string | Buffer);
  const right = timingSafeEqual(hmac(key, text), Buffer.from(signature!, 'hex'));
  return right && time.startsWith(day!) ? null : 'SignatureDoesNotMatch';
}

const PAGE = 3;

/** @param buckets the names of those that there are */
export async function startS3Server(buckets: readonly string[]): Promise<S3Server> {
  const objects = new Map<string, Uint8Array>();
  const faults: Fault[] = [];
  const seen: string[] = [];
  const times = new Map<string, Date>();
  const refuse = (response: ServerResponse, status: number, code?: string): void => {
    response.writeHead(status, { 'content-type': 'application/xml' });
    // real servers repeat the key here: nobody may show an answer as it is
    const said = `<AWSAccessKeyId>${KEY.id}</AWSAccessKeyId><Message>secret ${KEY.secret}</Message>`;
    response.end(code ? `<?xml version="1.0"?>\n<Error><Code>${code}</Code>${said}</Error>` : said);
  };
  /** A page of ListObjectsV2: so few objects that a small bucket has several. */
  const page = (bucket: string, asked: URLSearchParams): string => {
    if (asked.get('list-type') !== '2') throw new Error('expected list-type=2');
    const whole = [...objects.keys()]
      .filter((name) => name.startsWith(`${bucket}/${asked.get('prefix') ?? ''}`))
      .sort();
    const from = Number(asked.get('continuation-token')?.replace('after <', '') ?? 0);
    const some = whole.slice(from, from + PAGE);
    const contents = some.map(
      (name) =>
        `<Contents><Key>${name.slice(bucket.length + 1)}</Key><LastModified>${times.get(name)!.toISOString()}</LastModified><Size>${objects.get(name)!.length}</Size></Contents>`,
    );
    const isCut = from + PAGE < whole.length;
    const next = isCut ? `<NextContinuationToken>after &lt;${from + PAGE}</NextContinuationToken>` : '';
    return `<?xml version="1.0"?>\n<ListBucketResult><IsTruncated>${isCut}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
  };
  const server = createServer(async (request, response) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of request) pieces.push(piece as Uint8Array);
    const body = new Uint8Array(Buffer.concat(pieces));
    const { method, url } = request;
    seen.push(`${method} ${url}`);
    const fault = faults.shift() ?? made.meets(method!, url!);
    if (fault === 'silence') return;
    if (fault === 'reset') return void request.socket.destroy();
    if (fault === 'cut') {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => request.socket.destroy());
      return;
    }
    if (fault) return refuse(response, fault.status, fault.code);
    const code = wrong(request, body);
    if (code !== null) return refuse(response, code.startsWith('XAmz') ? 400 : 403, code);
    const [path = '', query = ''] = url!.split('?');
    const [, bucket = '', ...names] = path.split('/');
    if (!buckets.includes(bucket)) return refuse(response, 404, 'NoSuchBucket');
    if (names.length === 0) return void response.writeHead(200).end(page(bucket, new URLSearchParams(query)));
    const name = `${bucket}/${names.join('/')}`;
    const found = objects.get(name);
    if (method === 'HEAD') return void response.writeHead(found ? 200 : 404).end();
    if (method === 'GET') {
      if (!found) return refuse(response, 404, 'NoSuchKey');
      return void response.writeHead(200, { 'content-length': found.length }).end(found);
    }
    if (method === 'PUT') objects.set(name, body);
    if (method === 'PUT') times.set(name, new Date());
    if (method === 'DELETE') objects.delete(name);
    response.writeHead(method === 'PUT' ? 200 : 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const made: S3Server = {
    ...{ objects, faults, seen, times, meets: () => null },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return made;
}
