import type { JsonObject } from './json.ts';

/** The https address of a repository, from which FRAMES can clone it; null for none. */
export function cloneAddress({ url }: JsonObject): string | null {
  const address = typeof url === 'string' ? url.trim() : '';
  return address.startsWith('https://') ? address : null;
}

export const isLoopback = (hostname: string): boolean =>
  /^(localhost|127(\.\d+){3}|::1|\[::1\])$/.test(hostname);

/** Whether traffic to an address is safe from interception: it is encrypted or stays on this computer. */
export const isSafeUrl = ({ protocol, hostname }: { protocol: string; hostname: string }): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
