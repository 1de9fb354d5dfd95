import type { HttpClient } from '#http/client.ts';
import { signatureName } from '#shared/signed/signature.ts';
import { compareVersions, manifestName, parseManifest } from '#shared/updates/manifest.ts';
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

/** Downloads and verifies the manifest. Null if missing or not newer than `current`. Throws UpdateRefused and UpdateUnreachable. */
export async function fetchManifest(
  http: Pick<HttpClient, 'fetch'>,
  address: string,
  expected: ExpectedManifest & { current: string },
  signal: AbortSignal,
): Promise<Manifest | null> {
  const name = manifestName(expected);
  const fetchText = (file: string): Promise<string | null> => download(http, address, file, signal);
  const [text, signature] = await Promise.all([fetchText(name), fetchText(signatureName(name))]);
  if (text === null) return null;
  const manifest = parseManifest(text, signature, expected);
  return compareVersions(manifest.version, expected.current) > 0 ? manifest : null;
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
