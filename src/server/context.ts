import type { FastifyBaseLogger } from 'fastify';
import type { Backups } from './backups/backups.ts';
import type { OidcProvider } from './auth/oidc/provider.ts';
import type { Batcher } from './batcher.ts';
import type { ServerConfig } from './config.ts';
import type { Acting, Database } from './db/database.ts';
import type { GroupCommit } from './db/group-commit.ts';
import type { Hints } from './hints.ts';
import type { RequestLimits } from './limits.ts';
import type { Turns } from '#shared/domain/turns.ts';

/** What every handler of the server works with. */
export interface Services {
  readonly database: Database;
  readonly config: ServerConfig;
  readonly log: FastifyBaseLogger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Of the program. */
  readonly version: string;
  /** Tells of what was committed. */
  readonly hints: Hints;
  /** Writes the history, which one at a time does. */
  readonly writing: GroupCommit;
  /** Looks up the users of access tokens. The result is null if the session has ended or belongs to another user. */
  readonly sessions: Batcher<{ user: string; session: string }, Caller | null>;
  /** Of those whose password is checked: see `auth/lockout.ts`. */
  readonly signingIn: Turns;
  readonly backups: Backups;
  /** Who signs people in for their university; null where nobody does. */
  readonly oidc: OidcProvider | null;
}

/** What the server is given; what needs its log is made with it. */
export type GivenServices = Omit<Services, 'log' | 'backups'>;

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
  /** Where the caller is: an address, or a network of IPv6. */
  readonly address: string;
  /** Whose session the access token is of; null without one that is ours. */
  readonly bearer: { user: string; session: string } | null;
  /** Who the header `X-Actor` names, where that is believed. */
  readonly actor: Caller | null;
  readonly limits: RequestLimits;
  /** Of the answer. */
  readonly setHeader: (name: string, value: string) => void;
  readonly signal: AbortSignal;
}

export interface SignedInContext extends RequestContext {
  readonly caller: Caller;
}
