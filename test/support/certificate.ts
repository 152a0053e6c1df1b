/** @file A certificate for a test, made on the spot: X.509 in DER, signed by its own key (RFC 5280, with ECDSA as in RFC 5758). */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';

export interface TestCertificate {
  /** Files in PEM. */
  readonly certificate: string;
  readonly key: string;
}

/** One value in DER: a tag, a length, what is in it. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const bits = (content: Uint8Array): Buffer => der(0x03, Buffer.from([0]), content);
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));
const time = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(2, 14)}Z`));

const ECDSA_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const COMMON_NAME = oid(0x55, 0x04, 0x03);
const OTHER_NAMES = oid(0x55, 0x1d, 0x11);
const DAY_MS = 86_400_000;

/** @param host a name or an IPv4 address @param days from yesterday that it is valid for; below 0: it was */
export async function makeCertificate(
  folder: string,
  name: string,
  host: string,
  days = 30,
): Promise<TestCertificate> {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = pair.publicKey.export({ type: 'spki', format: 'der' });
  const self = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(`strelu test ${name}`)))));
  const yesterday = Date.now() - DAY_MS;
  const ends = yesterday + days * DAY_MS;
  const validity = sequence(time(new Date(Math.min(yesterday, ends - DAY_MS))), time(new Date(ends)));
  const other = isIPv4(host)
    ? der(0x87, Buffer.from(host.split('.').map(Number)))
    : der(0x82, Buffer.from(host));
  const extensions = der(0xa3, sequence(sequence(OTHER_NAMES, der(0x04, sequence(other)))));
  const number = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const version3 = der(0xa0, der(0x02, Buffer.from([2])));
  const signed = sequence(version3, number, ECDSA_SHA256, self, validity, self, spki, extensions);
  const whole = sequence(signed, ECDSA_SHA256, bits(sign('sha256', signed, pair.privateKey)));
  const lines = whole.toString('base64').match(/.{1,64}/g)!;
  const [certificate, key] = [join(folder, `${name}.pem`), join(folder, `${name}-key.pem`)];
  await writeFile(
    certificate,
    `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  );
  await writeFile(key, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return { certificate, key };
}
