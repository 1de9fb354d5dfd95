import { signatureName } from '#shared/signed/signature.ts';
import { compareVersions, manifestName, readManifest } from '#shared/updates/manifest.ts';
import type { Expected, Manifest } from '#shared/updates/manifest.ts';

/** Bytes. A manifest has a few kB. */
const LIMIT = 256 * 1024;
const TIMEOUT = 30_000;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The update server did not answer, or answered without the file. */
export class Unreachable extends Error {
  constructor(name: string, options?: ErrorOptions) {
    super(`${name} could not be downloaded.`, options);
    this.name = 'Unreachable';
  }
}

/** Downloads and verifies the manifest. Null unless it is newer than `current`. Throws UpdateRefused and Unreachable. */
export async function fetchManifest(
  fetch: Fetch,
  address: string,
  expected: Expected & { current: string },
  signal: AbortSignal,
): Promise<Manifest | null> {
  const name = manifestName(expected);
  const get = (file: string): Promise<string | null> => download(fetch, address, file, signal);
  const [text, signed] = await Promise.all([get(name), get(signatureName(name))]);
  if (text === null) return null;
  const found = readManifest(text, signed, expected);
  return compareVersions(found.version, expected.current) > 0 ? found : null;
}

async function download(
  fetch: Fetch,
  address: string,
  name: string,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const response = await fetch(new URL(name, address).href, {
      headers: { 'User-Agent': 'FRAMES' },
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
    });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    if (Number(response.headers.get('content-length') ?? 0) > LIMIT) throw new Error('too large');
    const text = await response.text();
    if (text.length > LIMIT) throw new Error('too large');
    return text;
  } catch (error) {
    throw new Unreachable(name, { cause: error });
  }
}
