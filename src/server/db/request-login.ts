import { hash } from 'node:crypto';
import pg from 'pg';

/** The login for requests. It is a member of `frames_app` only, so no statement can act as the owner of the tables. */
export interface RequestLogin {
  /** `frames_app_` and the OID of the database, so that two databases of one Postgres have separate logins. */
  name: string;
  /** Derived from the key of the database, which only the owner reads. All servers of the database derive the same. */
  password: string;
}

export function requestLoginOf(key: string, database: number): RequestLogin {
  return { name: `frames_app_${database}`, password: hash('sha256', `login ${key}`, 'hex') };
}

/** Returns the database URL for another login. Uses query parameters: they override the user part and also work without a host. */
export function addressFor(url: string, { name, password }: RequestLogin): string {
  const address = new URL(url);
  address.searchParams.set('user', name);
  address.searchParams.set('password', password);
  return address.href;
}

/** Creates the login, or resets its password. The owner must be allowed to create roles. Concurrent servers wait for each other. */
export async function makeRequestLogin(
  owner: Pick<pg.Pool, 'query'>,
  { name, password }: RequestLogin,
): Promise<void> {
  await owner.query(`DO $$ BEGIN
  PERFORM pg_advisory_xact_lock(7266372);
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${name}') THEN ALTER ROLE ${name} LOGIN PASSWORD '${password}';
  ELSE CREATE ROLE ${name} LOGIN PASSWORD '${password}' IN ROLE frames_app;
  END IF;
  EXECUTE format('ALTER ROLE ${name} SET search_path = %I, pg_temp', current_schema());
END $$`);
}

/** Whether the login works. Throws if the database cannot be reached at all. */
export async function canLogIn(requests: pg.Pool): Promise<boolean> {
  try {
    await requests.query('SELECT server_id FROM server');
    return true;
  } catch (error) {
    // Unknown or refused (28; 08P01 from a pooler), not allowed into the database, or without access to the tables (42).
    if (error instanceof pg.DatabaseError && /^(28|08P01|42)/.test(error.code ?? '')) return false;
    throw error;
  }
}
