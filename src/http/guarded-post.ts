import { lookup as lookUpName } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { Agent, request as requestHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { HttpClient } from './client.ts';

/** Ranges such as `10.0.0.0/8`. Throws for any other text. */
export function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/');
    list.addSubnet(
      network,
      /^\d+$/.test(prefix) ? Number(prefix) : Number.NaN,
      isIP(network) === 6 ? 'ipv6' : 'ipv4',
    );
  }
  return list;
}

/** IPv4 that is not public: this host, private, shared, documentation, multicast, reserved. */
const specialV4 = blockListOf(
  `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15
  198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`.split(/\s+/),
);
const publicV6 = blockListOf(['2000::/3']);
const specialV6 = blockListOf(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** Whether an address is public, or in a network that the administrator lists. */
function isAllowed(address: string, own: BlockList): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0) return false;
  if (own.check(address, family)) return true;
  if (family === 'ipv4') return !specialV4.check(address, family);
  return publicV6.check(address, family) && !specialV6.check(address, family);
}

/** The address is not allowed, or an address that its name stands for. */
export class BlockedAddress extends Error {
  readonly code = 'EBLOCKED';
}

/** Throws BlockedAddress unless `url` is an HTTPS address without credentials, and not of a network that is not allowed. */
export function checkTarget(url: string, own: BlockList): URL {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '')
    throw new BlockedAddress('The address must begin with https:// and have no user or password.');
  const host = parsed.hostname.replaceAll(/^\[|\]$/g, '');
  // `URL` has normalised other forms of an address, such as 0177.1. A connection looks up names only.
  if (isIP(host) !== 0 && !isAllowed(host, own)) throw new BlockedAddress(`${host} is not a public address.`);
  return parsed;
}

export interface GuardedPost {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Networks of the administrator, beyond public addresses. */
  own: BlockList;
  trust: HttpClient['trust'];
  lookup?: LookupFunction | undefined;
  signal?: AbortSignal;
}

const [timeoutMs, maxAnswerBytes] = [10_000, 4096];

/**
 * Sends a body, and returns the status of the answer; follows no redirect, and uses no proxy. The addresses of a name are checked where the
 * connection uses them, because a second lookup could return others. Throws BlockedAddress, and errors of the network.
 */
export async function postGuarded({ own, lookup = lookUpName, ...post }: GuardedPost): Promise<number> {
  const url = checkTarget(post.url, own);
  const guardedLookup: LookupFunction = (name, options, callback) =>
    lookup(name, { ...options, all: true }, (error, found) => {
      const addresses = found as unknown as LookupAddress[];
      const refused = error ?? addresses.find(({ address }) => !isAllowed(address, own));
      const [first] = error ? [] : addresses;
      if (refused || !first)
        callback(error ?? new BlockedAddress(`${name} has an address that is not public.`), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(post.signal ? [post.signal] : [])]);
  return new Promise((resolve, reject) => {
    const request = requestHttps(url, {
      method: 'POST',
      headers: { ...post.headers, 'content-length': Buffer.byteLength(post.body) },
      // An agent of its own keeps no connection that a later lookup would not check.
      agent: new Agent({ secureContext: post.trust(url).context }),
      lookup: guardedLookup,
      signal,
    });
    request.on('error', reject).on('response', (response) => {
      let bytes = 0;
      response.on('error', reject).on('end', () => resolve(response.statusCode ?? 0));
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxAnswerBytes) resolve(response.statusCode ?? 0);
        if (bytes > maxAnswerBytes) request.destroy();
      });
    });
    request.end(post.body);
  });
}
