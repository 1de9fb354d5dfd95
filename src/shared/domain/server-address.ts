import { isLoopback } from './safe-url.ts';

/** Why text is not the address of a server; `what` is the text, or the part that does not belong to an address. */
export interface AddressProblem {
  reason: 'invalid_address' | 'extra_address_part';
  what: string;
}

/**
 * Reads the address of a server as people type it. A missing protocol is http for this computer, else https. Returns the address without a
 * slash at its end.
 */
export function readServerAddress(text: string): { url: string } | AddressProblem {
  const typed = text.trim();
  const host = /^(\[[^\]]*\]|[^/:]*)/.exec(typed)?.[0] ?? '';
  const hasProtocol = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed);
  const parsedUrl = URL.parse(hasProtocol ? typed : `${isLoopback(host) ? 'http' : 'https'}://${typed}`);
  if (!parsedUrl || !['http:', 'https:'].includes(parsedUrl.protocol))
    return { reason: 'invalid_address', what: typed };
  const { username, password, search, hash } = parsedUrl;
  const extraPart = username || password ? '…@' : search + hash;
  if (extraPart !== '') return { reason: 'extra_address_part', what: extraPart };
  return { url: parsedUrl.href.replace(/\/+$/, '') };
}
