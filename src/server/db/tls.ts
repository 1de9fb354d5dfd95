import type { ClientConfig } from 'pg';
import { processEnvironment } from '#shared/domain/environment.ts';
import { createTrustReader } from '#http/trust.ts';

/** Modes of `sslmode` that ask for a verified certificate. `pg` treats all as `verify-full`. */
const verifyingModes: ReadonlySet<string | null> = new Set(['prefer', 'require', 'verify-ca', 'verify-full']);

/** Parameters that describe TLS in a way of their own; `pg` reads them. */
const ownParameters = ['sslrootcert', 'sslcert', 'sslkey', 'uselibpqcompat'];

/**
 * The connection of a database URL. With TLS, it trusts what the HTTP client trusts, because `pg` knows only the CAs that Node ships.
 * Throws CaFileProblem.
 */
export function connectionOf(databaseUrl: string): Pick<ClientConfig, 'connectionString' | 'ssl'> {
  const url = URL.parse(databaseUrl);
  const isPlain = !url || !verifyingModes.has(url.searchParams.get('sslmode'));
  if (isPlain || ownParameters.some((name) => url.searchParams.has(name)))
    return { connectionString: databaseUrl };
  // In the URL, it would replace `ssl`.
  url.searchParams.delete('sslmode');
  const { context } = createTrustReader(processEnvironment())();
  return { connectionString: url.href, ssl: { secureContext: context } };
}
