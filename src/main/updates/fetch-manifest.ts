import type { HttpClient } from '#http/client.ts';
import { signatureName } from '#shared/signed/signature.ts';
import { manifestName, parseManifest, UpdateRefused } from '#shared/updates/manifest.ts';
import type { ExpectedManifest, Manifest } from '#shared/updates/manifest.ts';

const MAX_MANIFEST_BYTES = 256 * 1024;
const TIMEOUT_MS = 30_000;

/** The update server did not answer, or answered without the file. */
export class UpdateUnreachable extends Error {
  constructor(name: string, options?: ErrorOptions) {
    super(`${name} could not be downloaded.`, options);
    this.name = 'Unreachable';
  }
}

/** Downloads and verifies the manifest. Throws UpdateRefused and UpdateUnreachable. */
export async function fetchManifest(
  http: Pick<HttpClient, 'fetch'>,
  address: string,
  expected: ExpectedManifest,
  signal: AbortSignal,
): Promise<Manifest> {
  const name = manifestName(expected);
  const fetchText = (file: string): Promise<string | null> => download(http, address, file, signal);
  const [text, signature] = await Promise.all([fetchText(name), fetchText(signatureName(name))]);
  if (text === null) throw new UpdateRefused('unpublished', { address });
  return parseManifest(text, signature, expected);
}

async function download(
  http: Pick<HttpClient, 'fetch'>,
  address: string,
  name: string,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const response = await http.fetch(new URL(name, address).href, {
      followsRedirects: true,
      signal,
      timeoutMs: TIMEOUT_MS,
    });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    if (Number(response.headers.get('content-length') ?? 0) > MAX_MANIFEST_BYTES)
      throw new Error('too large');
    const text = await response.text();
    if (text.length > MAX_MANIFEST_BYTES) throw new Error('too large');
    return text;
  } catch (error) {
    throw new UpdateUnreachable(name, { cause: error });
  }
}
