import type { HttpClient } from '#http/client.ts';
import { NetworkFailure, networkFailureOf, problemAt } from '#http/failure.ts';
import { Fault } from '#shared/contract/faults.ts';
import { errorBody } from '#shared/contract/server/faults.ts';
import { isSafeUrl } from '#shared/domain/safe-url.ts';
import { readServerAddress } from '#shared/domain/server-address.ts';
import { assertFromServer, syncFault } from './remote.ts';

const timeoutMs = 15_000;

/** The URL of a server. Throws SYNC, reason not_encrypted, and NetworkFailure for a text that is not an address. */
export function serverUrl(address: string): URL {
  const read = readServerAddress(address);
  if ('reason' in read)
    throw new NetworkFailure({ reason: read.reason, host: address.trim(), proxy: null, what: read.what });
  const url = new URL(read.url);
  if (!isSafeUrl(url)) throw new Fault('SYNC', { reason: 'not_encrypted' });
  return url;
}

/** Asks whether a FRAMES server answers at an address. Sends no secret. Returns the response's headers. Throws SYNC and NetworkFailure. */
export async function findServer(http: HttpClient, url: URL): Promise<Headers> {
  const path = url.pathname.replace(/\/+$/, '');
  // Every FRAMES server refuses this without a sign-in, in a form of its own.
  const response = await http
    .fetch(`${url.origin}${path}/api/v1/auth/me`, { timeoutMs })
    .catch((error: unknown) => {
      const isCutOff = networkFailureOf(error)?.problem.reason === 'connection_reset';
      if (!isCutOff || url.protocol !== 'http:') throw error;
      throw new NetworkFailure(problemAt(url, 'needs_tls'), { cause: error });
    });
  assertFromServer(response, url);
  const body: unknown = await response.json().catch(() => null);
  if (!errorBody.safeParse(body).success) throw new Fault('SYNC', { reason: 'no_server' });
  // A FRAMES server has this route; a proxy that passes paths on unchanged asks for another.
  if (response.status === 404 && path !== '')
    throw new NetworkFailure(problemAt(url, 'extra_address_part', { what: path }));
  return response.headers;
}

/** The address of the FRAMES server that answers there, as it is stored. Throws SYNC. */
export async function findServerUrl(http: HttpClient, address: string): Promise<string> {
  try {
    const url = serverUrl(address);
    await findServer(http, url);
    return url.href.replace(/\/+$/, '');
  } catch (error) {
    throw syncFault(error);
  }
}
