import type { FastifyBaseLogger } from 'fastify';
import type { ServerConfig } from './config.ts';
import type { Acting, Database } from './db/database.ts';
import type { Hints } from './hints.ts';

/** What every handler of the server works with. */
export interface Services {
  readonly database: Database;
  readonly config: ServerConfig;
  readonly log: FastifyBaseLogger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Tells of what was committed. */
  readonly hints: Hints;
}

/** Who calls, as the access token says and the database confirms. */
export interface Caller extends Acting {
  name: string;
  email: string;
  session: string;
  scope_version: number;
}

/** What travels with a request. */
export interface RequestContext {
  readonly services: Services;
  readonly requestId: string;
  /** The caller's address. */
  readonly address: string;
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  readonly signal: AbortSignal;
}

export interface SignedInContext extends RequestContext {
  readonly caller: Caller;
}
