import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext, getCACertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { readCertificates } from './ca-file.ts';
import { settingsFolder } from './settings-folder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a trusted CA certificate comes from. `setting`: the file chosen in FRAMES; `variable`: FRAMES_CA_FILE or NODE_EXTRA_CA_CERTS. */
export const trustSources = ['bundled', 'system', 'setting', 'variable'] as const;
export type TrustSource = (typeof trustSources)[number];

/** The CA certificates that connections trust. */
export interface Trust {
  readonly context: SecureContext;
  /** All of them, as PEM. */
  readonly pem: string;
  /** The source of the CA that issued the certificate, or of the certificate itself; null if none is trusted. */
  sourceOf(certificate: X509Certificate): TrustSource | null;
}

/** The file with the CA certificates that the user chose on this computer. */
export const chosenCaFile = (environment: Environment): string => join(settingsFolder(environment), 'ca.pem');

/** Changes when another file is chosen, by this program or another one. */
const stampOf = (file: string): string => {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : '';
};

/**
 * The trusted CA certificates: those shipped with Node, the system's, and the user's own files. Reads them again when the chosen file changes.
 * Node adds NODE_EXTRA_CA_CERTS only to its own defaults, so it is read here. Electron removes it in packages: their launcher passes it on. Throws CaFileProblem.
 */
export function createTrustReader(environment: Environment): () => Trust {
  const setting = chosenCaFile(environment);
  let cached: { stamp: string; trust: Trust } | undefined;
  return () => {
    const stamp = stampOf(setting);
    if (cached?.stamp !== stamp)
      cached = { stamp, trust: readTrust(environment, stamp === '' ? null : setting) };
    return cached.trust;
  };
}

function readTrust(environment: Environment, setting: string | null): Trust {
  const read = (file: string | null | undefined): string[] =>
    file ? readCertificates(file).map(String) : [];
  const certificates: Record<TrustSource, readonly string[]> = {
    bundled: getCACertificates('bundled'),
    system: getCACertificates('system'),
    setting: read(setting),
    variable: [...read(environment['FRAMES_CA_FILE']), ...read(environment['NODE_EXTRA_CA_CERTS'])],
  };
  const ca = [...new Set(Object.values(certificates).flat())];
  return {
    context: createSecureContext({ ca }),
    pem: ca.map((text) => text.trim()).join('\n'),
    sourceOf: (certificate) =>
      trustSources.find((source) => certificates[source].some((ca) => isIssuer(ca, certificate))) ?? null,
  };
}

function isIssuer(pem: string, certificate: X509Certificate): boolean {
  const ca = new X509Certificate(pem);
  if (ca.fingerprint256 === certificate.fingerprint256) return true;
  return certificate.checkIssued(ca) && certificate.verify(ca.publicKey);
}
