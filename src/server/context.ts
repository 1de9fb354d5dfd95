import type { FastifyBaseLogger } from 'fastify';
import type { QuestionAnswer } from '#shared/contract/server/ai.ts';
import type { WireState } from '#shared/contract/server/state.ts';
import type { Backups } from './backups/backups.ts';
import type { OidcProvider } from './auth/oidc/provider.ts';
import type { Batcher } from './batcher.ts';
import type { ServerConfig } from './config.ts';
import type { ActingUser, Database } from './db/database.ts';
import type { GroupCommit } from './db/group-commit.ts';
import type { Hints } from './hints.ts';
import type { RequestLimits } from './limits.ts';
import type { FileStorage } from './files/storage.ts';
import type { SyncStore } from './sync/storage.ts';
import type { Semaphore } from '#shared/domain/semaphore.ts';

/** Answers a question over a copy of records. */
export type AnswerQuestion = (request: { state: WireState; question: string }) => Promise<QuestionAnswer>;

export interface Services {
  readonly database: Database;
  readonly config: ServerConfig;
  readonly log: FastifyBaseLogger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly version: string;
  /** Announces commits and changed users. */
  readonly hints: Hints;
  /** Serialises writes to the history. */
  readonly groupCommit: GroupCommit;
  readonly syncStore: SyncStore;
  readonly fileStorage: FileStorage;
  /** Looks up the users of access tokens. The result is null if the session has ended or belongs to another user. */
  readonly sessions: Batcher<{ user: string; session: string }, Caller | null>;
  /** Limits concurrent password checks: see `auth/lockout.ts`. */
  readonly signInSemaphore: Semaphore;
  readonly backups: Backups;
  /** Null if sign-in through a university is off. */
  readonly oidc: OidcProvider | null;
  /** Null in a program without workspaces, such as the server's image. */
  readonly answerQuestion: AnswerQuestion | null;
}

/** Services that exist before the log; the others are built with it. */
export type BaseServices = Omit<Services, 'log' | 'backups'>;

/** The user of the access token, confirmed by the database. */
export interface Caller extends ActingUser {
  name: string;
  email: string;
  session: string;
  scope_version: number;
  /** Set for a webhook, which acts for this repository. */
  repository?: string;
}

export interface RequestContext {
  readonly services: Services;
  readonly requestId: string;
  /** Network address of the caller: IPv4 address or IPv6 /64 network. */
  readonly address: string;
  /** User and session of the access token; null without a valid one. */
  readonly bearer: { user: string; session: string } | null;
  /** The user of the header `X-Actor`; null if it is not trusted. */
  readonly actor: Caller | null;
  readonly limits: RequestLimits;
  readonly setHeader: (name: string, value: string) => void;
  readonly signal: AbortSignal;
}

export interface SignedInContext extends RequestContext {
  readonly caller: Caller;
}
