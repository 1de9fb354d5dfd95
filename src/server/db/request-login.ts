import { hash } from 'node:crypto';
import pg from 'pg';

/** The login that requests connect as: a member of `frames_app` and of nothing else, so no statement makes it the owner of the tables. */
export interface RequestLogin {
  /** `frames_app_` and the number that Postgres gives the database: two databases of one Postgres have a login each. */
  name: string;
  /** Made from the key of the database, which only the owner reads: all servers of the database know the same. */
  password: string;
}

export function requestLoginOf(key: string, database: number): RequestLogin {
  return { name: `frames_app_${database}`, password: hash('sha256', `login ${key}`, 'hex') };
}

/** The address of the database for another login. Parameters count before what stands ahead of the host, and work where there is no host. */
export function addressFor(url: string, { name, password }: RequestLogin): string {
  const address = new URL(url);
  address.searchParams.set('user', name);
  address.searchParams.set('password', password);
  return address.href;
}

/** Creates the login, or gives it its password again. The owner must be allowed to create roles. One server at a time does this. */
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

/** Whether the login can be used. Throws where the database cannot be reached at all. */
export async function canLogIn(requests: pg.Pool): Promise<boolean> {
  try {
    await requests.query('SELECT server_id FROM server');
    return true;
  } catch (error) {
    // Unknown or refused (28, 08P01 of a pooler), may not enter the database, or does not find the tables (42).
    if (error instanceof pg.DatabaseError && /^(28|08P01|42)/.test(error.code ?? '')) return false;
    throw error;
  }
}
