import type { X509Certificate } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import type { RequestOptions } from 'node:https';
import { connect } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { NetworkFailure, problemAt, toNetworkFailure } from './failure.ts';
import type { Connection } from './client.ts';

/*
 * Steps of a connection, one by one, for a diagnosis. With a proxy, name and port are those of the proxy. Each throws NetworkFailure.
 */

/** Milliseconds for one step. */
const timeoutMs = 10_000;

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

export const portOf = ({ port, protocol }: URL): number => Number(port || (protocol === 'https:' ? 443 : 80));

const timedOut = (url: URL, proxy: URL | null): NetworkFailure =>
  new NetworkFailure(problemAt(url, 'timed_out', { proxy }));

/** An abort is always a timeout here. */
const failureOf = (error: Error, url: URL, proxy: URL | null): NetworkFailure =>
  error.name === 'AbortError' ? timedOut(url, proxy) : toNetworkFailure(error, url, proxy);

export async function resolveName(url: URL, proxy: URL | null): Promise<string[]> {
  try {
    return (await lookup(hostOf(proxy ?? url), { all: true })).map(({ address }) => address);
  } catch (error) {
    throw toNetworkFailure(error, url, proxy);
  }
}

/** Opens a connection, and closes it. */
export function openPort(url: URL, proxy: URL | null): Promise<void> {
  const target = proxy ?? url;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostOf(target), port: portOf(target) });
    socket.setTimeout(timeoutMs, () => socket.destroy(timedOut(url, proxy)));
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', (error) => reject(toNetworkFailure(error, url, proxy)));
  });
}

interface ReadCertificate {
  certificate: X509Certificate | null;
  /** The last certificate of the chain: the trusted CA if it is known. */
  root: X509Certificate | null;
  /** Why the certificate is refused; null if it is accepted. */
  refusal: NetworkFailure | null;
}

/** Reads the server's certificate. Sends nothing but the handshake. */
export function readCertificate(url: URL, { proxy, request }: Connection): Promise<ReadCertificate> {
  return new Promise((resolve, reject) => {
    // A refused certificate can only be read from an open connection. No request is sent over it.
    const options: RequestOptions = { rejectUnauthorized: false };
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = request({ ...options, host: hostOf(url), port: portOf(url), signal });
    sent.on('error', (error) => reject(failureOf(error, url, proxy)));
    sent.once('socket', (socket) => {
      const tls = socket as TLSSocket;
      const finish = (): void => {
        const certificate = tls.getPeerX509Certificate() ?? null;
        const code: unknown = tls.authorizationError;
        const cert = certificate?.toLegacyObject();
        const error = tls.authorized ? null : Object.assign(new Error('refused'), { code, cert });
        const root = certificate && rootOf(certificate);
        sent.destroy();
        resolve({ certificate, root, refusal: error && toNetworkFailure(error, url, proxy) });
      };
      if (tls.getPeerX509Certificate()) finish();
      else tls.once('secureConnect', finish);
    });
  });
}

/** The last certificate that the server sent. A self-signed one can name itself as its issuer. */
function rootOf(certificate: X509Certificate): X509Certificate {
  const { issuerCertificate: issuer } = certificate;
  return issuer === undefined || issuer.fingerprint256 === certificate.fingerprint256
    ? certificate
    : rootOf(issuer);
}

/** Whether the server changes to WebSocket. */
export function canUpgrade(url: URL, { proxy, request }: Connection, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16, 'frames').toString('base64'),
    };
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = request({ host: hostOf(url), port: portOf(url), path, headers, signal });
    sent.once('error', (error) => reject(failureOf(error, url, proxy)));
    sent.once('upgrade', (_, socket) => {
      socket.destroy();
      resolve(true);
    });
    sent.once('response', (response) => {
      response.destroy();
      resolve(false);
    });
    sent.end();
  });
}
