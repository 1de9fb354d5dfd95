import { BlockList, isIP } from 'node:net';
import { isLoopback } from '#shared/domain/safe-url.ts';
import { withoutUser } from '#shared/domain/server-address.ts';
import { NetworkFailure, problemAt } from './failure.ts';

/** The way to a server: through a proxy or directly. `from`: what decided it; null if nothing names a proxy. */
export interface Route {
  proxy: URL | null;
  from: 'environment' | 'system' | null;
}

/** The system's proxies for an address, as in a PAC file: `PROXY a:8080; DIRECT`. */
export type ResolveProxy = (url: string) => Promise<string>;

/**
 * Finds the proxy: HTTPS_PROXY, HTTP_PROXY and NO_PROXY come before the system's setting. This computer is never reached through a proxy.
 * Throws NetworkFailure (`proxy_invalid`).
 */
export async function findRoute(
  url: URL,
  environment: Readonly<Record<string, string | undefined>>,
  resolveSystemProxy?: ResolveProxy,
): Promise<Route> {
  if (isLoopback(url.hostname)) return { proxy: null, from: null };
  const variable = (name: string): string => environment[name.toLowerCase()] || environment[name] || '';
  if (isExcepted(url, variable('NO_PROXY'))) return { proxy: null, from: 'environment' };
  const named = variable(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (named !== '') return { proxy: parseProxy(url, named), from: 'environment' };
  const answer = (await resolveSystemProxy?.(url.href)) ?? '';
  const [first = ''] = answer.split(';').map((entry) => entry.trim());
  const [kind = '', host = ''] = first.split(/\s+/);
  if (kind === '' || kind === 'DIRECT') return { proxy: null, from: kind === '' ? null : 'system' };
  const schemes: Readonly<Record<string, string>> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' };
  return { proxy: parseProxy(url, `${schemes[kind] ?? kind.toLowerCase()}://${host}`), from: 'system' };
}

function parseProxy(url: URL, text: string): URL {
  const proxy = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (proxy && ['http:', 'https:'].includes(proxy.protocol) && proxy.hostname !== '') return proxy;
  throw new NetworkFailure(problemAt(url, 'proxy_invalid', { what: withoutUser(text) }));
}

const defaultPorts: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80' };

/** Whether NO_PROXY lists the host: by name, domain (`example.edu`, `.example.edu`, `*.example.edu`), address, network (CIDR), with or without port, or as `*`. */
export function isExcepted({ hostname, port, protocol }: URL, exceptions: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const hostPort = port || defaultPorts[protocol];
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === '') return false;
      if (entry === '*' || entry === host) return true;
      if (isIP(host) !== 0) return isInNetwork(host, entry) || `${hostname}:${hostPort}` === entry;
      const [, domain = '', entryPort] = /^(?:\*?\.)?([^:]+)(?::(\d+))?$/.exec(entry) ?? [];
      if (domain === '' || (entryPort !== undefined && entryPort !== hostPort)) return false;
      return host === domain || host.endsWith(`.${domain}`);
    });
}

function isInNetwork(address: string, entry: string): boolean {
  const [network = '', bits] = entry.split('/');
  const [family, prefix] = [isIP(address), Number(bits)];
  if (bits === undefined || isIP(network) !== family || !(prefix >= 0 && prefix <= (family === 4 ? 32 : 128)))
    return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, prefix, kind);
  return list.check(address, kind);
}
