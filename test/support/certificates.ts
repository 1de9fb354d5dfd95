import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate with its key, both also in PEM. */
export interface TestCertificate {
  name: string;
  key: KeyObject;
  cert: string;
  keyPem: string;
}

export interface CertificateOptions {
  name?: string;
  /** The issuer; without one, the certificate is self-signed. */
  issuer?: TestCertificate;
  /** DNS names and IPv4 addresses. */
  hosts?: readonly string[];
  isCa?: boolean;
  from?: Date;
  until?: Date;
}

const day = 86_400_000;

/** Makes a real X.509 certificate, because Node reads them but makes none, and `openssl` is not on every computer. */
export function makeCertificate(options: CertificateOptions): TestCertificate {
  const { name = 'localhost', issuer, hosts = [], isCa = false } = options;
  const { from = new Date(Date.now() - day), until = new Date(Date.now() + 30 * day) } = options;
  const { privateKey: key, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const extensions = [
    extension('2.5.29.19', true, sequence(isCa ? boolean(true) : Buffer.alloc(0))),
    ...(hosts.length > 0 ? [extension('2.5.29.17', false, sequence(...hosts.map(hostName)))] : []),
  ];
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    nameOf(issuer?.name ?? name),
    sequence(time(from), time(until)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', body, issuer?.key ?? key);
  const certificate = sequence(body, ecdsaWithSha256, bitString(signature));
  const lines = certificate.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    name,
    key: createPrivateKey(key.export({ type: 'pkcs8', format: 'pem' })),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.trimEnd()}\n-----END CERTIFICATE-----\n`,
    keyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** A CA, and a certificate of it for this computer. */
export function makeCa(name = 'FRAMES test CA'): { ca: TestCertificate; server: TestCertificate } {
  const ca = makeCertificate({ name, isCa: true });
  return { ca, server: makeCertificate({ issuer: ca, hosts: ['localhost', '127.0.0.1', 'frames.test'] }) };
}

function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(0x30, ...parts);
const integer = (value: Buffer): Buffer => tagged(0x02, value);
const boolean = (value: boolean): Buffer => tagged(0x01, Buffer.from([value ? 255 : 0]));
const bitString = (value: Buffer): Buffer => tagged(0x03, Buffer.from([0]), value);
const time = (date: Date): Buffer =>
  tagged(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')));

function objectId(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = rest.flatMap((part) => {
    const digits = [part & 127];
    for (let left = part >> 7; left > 0; left >>= 7) digits.unshift((left & 127) | 128);
    return digits;
  });
  return tagged(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));

const nameOf = (name: string): Buffer =>
  sequence(tagged(0x31, sequence(objectId('2.5.4.3'), tagged(0x0c, Buffer.from(name)))));

const extension = (id: string, isCritical: boolean, value: Buffer): Buffer =>
  sequence(objectId(id), ...(isCritical ? [boolean(true)] : []), tagged(0x04, value));

const hostName = (host: string): Buffer =>
  isIP(host) === 0 ? tagged(0x82, Buffer.from(host)) : tagged(0x87, Buffer.from(host.split('.').map(Number)));
