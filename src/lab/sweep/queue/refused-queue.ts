/** @file Why the server of a queue cannot be used, in one sentence; what it says of passwords is not repeated. */
import { InputError } from '../../../errors.ts';
import type { QueueAddress } from './address.ts';

/** What is found, with the remedy, by what the reason has in it; in this order. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/NOAUTH/, 'expected the password of the queue, found none; set STRELU_QUEUE to redis://:PASSWORD@HOST'],
  [
    /WRONGPASS|NOPERM/,
    'expected the password of the queue, found one that the server refuses; set STRELU_QUEUE to redis://:PASSWORD@HOST',
  ],
  [
    /ALTNAME|NotValidForName|does not match certificate/i,
    'expected a certificate for this host, found one for another name; name the host as its certificate does',
  ],
  [
    /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|certificate.*expired/i,
    'expected a certificate that is valid now, found one that is not; renew it, or set the clock',
  ],
  [
    /SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|self-signed|UnknownIssuer|invalid peer certificate/i,
    'expected a certificate of an authority that this machine knows, found another; name the file with its authority in NODE_EXTRA_CA_CERTS',
  ],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH|wrong version number|packet length|InvalidContentType|corrupt message/i,
    'expected TLS, found a server that does not speak it; name it redis://, or switch TLS on there',
  ],
];

export function refusedQueue({ place, tls }: QueueAddress, reason: unknown): InputError {
  const said = reason instanceof Error ? reason.message : String(reason);
  const code = String((reason as { readonly code?: unknown } | null)?.code ?? '');
  const known = KNOWN.find(([found]) => found.test(said) || found.test(code));
  if (known) return new InputError(`${place}: ${known[1]}`);
  const remedy = tls
    ? 'that its port is open, and that it speaks TLS'
    : 'that its port is open, and whether it wants rediss://';
  return new InputError(
    `${place}: cannot be reached (${said || code}); see that Redis runs there, ${remedy}`,
  );
}
