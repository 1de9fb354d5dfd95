import { isLoopback } from './safe-url.ts';

/** The part of the platform's URL that is used here; the types of this folder name no platform. */
declare const URL: {
  parse(
    url: string,
  ): Record<'protocol' | 'username' | 'password' | 'search' | 'hash' | 'href', string> | null;
};

/** Why text is not the address of a server; `what` is the text, or the part that does not belong to an address. */
export interface AddressProblem {
  reason: 'invalid_address' | 'extra_address_part';
  what: string;
}

/** An address, also a mistyped one, without user name and password: everything up to the last @, because a password can hold any character. */
export const withoutUser = (address: string): string =>
  address.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, (_, protocol: string | undefined) => protocol ?? '');

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
    return { reason: 'invalid_address', what: withoutUser(typed) };
  const { username, password, search, hash } = parsedUrl;
  const extraPart = username || password ? '…@' : search + hash;
  if (extraPart !== '') return { reason: 'extra_address_part', what: extraPart };
  return { url: parsedUrl.href.replace(/\/+$/, '') };
}
