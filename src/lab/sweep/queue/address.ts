/** @file Where a queue is: its address in parts, and as messages may show it. Nothing here repeats what may hold a password. */
import { UsageError } from '../../../errors.ts';
import { environment } from '../../../platform/environment.ts';

/** The environment variable with the address of a queue, its password in it. */
export const QUEUE_VARIABLE = 'STRELU_QUEUE';

export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  /** As rediss:// asks for it. */
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
  /** Without name and password. */
  readonly place: string;
}

/**
 * The address of --queue; one that names nobody takes name and password from STRELU_QUEUE, where that is the same server.
 * @param given null: that of STRELU_QUEUE
 * @throws UsageError for no address, or what is none
 */
export function queueAddress(
  given: string | null,
  fromEnvironment: string | undefined = environment(QUEUE_VARIABLE),
): QueueAddress {
  const known = fromEnvironment ? parse(fromEnvironment, QUEUE_VARIABLE) : null;
  if (given === null) {
    if (known) return known;
    throw new UsageError(
      `--queue: expected the address of a queue, redis://HOST, found none here and none in ${QUEUE_VARIABLE}`,
    );
  }
  const address = parse(given, '--queue');
  const isSame = known !== null && known.host === address.host && known.port === address.port;
  if (address.password !== undefined || !isSame) return address;
  const { username, password } = known;
  return { ...address, ...(username && { username }), ...(password && { password }) };
}

function parse(text: string, name: string): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  const db = /^\/?(\d{0,4})$/.exec(url?.pathname ?? '')?.[1];
  const isRedis = url?.protocol === 'redis:' || url?.protocol === 'rediss:';
  if (!url || !isRedis || url.hostname === '' || db === undefined || url.search !== '' || url.hash !== '')
    throw new UsageError(
      `${name}: expected redis://HOST, redis://HOST:PORT/DATABASE or rediss:// for TLS, found something else (not repeated here: it may hold a password)`,
    );
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(url.port || 6379);
  const [username, password] = [url.username, url.password].map((part) => decoded(part, name));
  return {
    ...{ host, port, db: Number(db), tls: url.protocol === 'rediss:' },
    ...(username && { username }),
    ...(password && { password }),
    place: `${url.protocol}//${url.hostname}:${port}${Number(db) > 0 ? `/${Number(db)}` : ''}`,
  };
}

function decoded(part: string, name: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new UsageError(`${name}: expected % in name and password as %25, found one that begins no code`);
  }
}
