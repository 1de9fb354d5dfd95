import { invalidFault } from '../model/validate.ts';
import { issueOf } from '#shared/texts/issues.ts';
import type { SignInResult } from '#shared/contract/server/auth.ts';
import { Fault, isFault, reasonOf } from '#shared/contract/faults.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { serverGenesis } from '#shared/sync/chain.ts';
import type { WriteHandle } from '../kernel/db/connection.ts';
import { readHead } from '../log/audit/head.ts';
import type { OnProgress } from '../kernel/progress.ts';
import type { CallContext, Services } from '../model/services.ts';
import { assertCanShare, resolveShare } from './share-check.ts';
import { findServerUrl } from './find-server.ts';
import { isServerFault, issuesOf, shakeHands, syncFault } from './remote.ts';
import type { Hello } from './remote.ts';
import type { SyncService } from './service.ts';
import {
  changeState,
  deleteDecisions,
  deleteServerState,
  joinedState,
  leftServer,
  recordIdentity,
  readState,
  writeState,
} from './state.ts';
import type { SyncState } from './state.ts';

/** A sign-in by password, or by the university's page in a browser. */
export type JoinInput = { url: string; share: string } & (
  | { email: string; password: string; bootstrap?: { token: string; name: string } | undefined }
  | { oidc: true }
);

/** Joins a server and syncs for the first time, or continues an interrupted join. Throws SYNC, INVALID, CANCELLED; fetched records stay. */
export async function joinServer(
  { services, session }: CallContext,
  service: SyncService,
  input: JoinInput,
  { onProgress, signal }: { onProgress: OnProgress; signal: AbortSignal },
): Promise<SyncStatus> {
  const { read, queue, files } = services;
  if (files.target.kind !== 'live') throw new Fault('SYNC', { reason: 'not_live' });
  const url = await findServerUrl(services.http, input.url);
  const previousState = readState(read);
  if (previousState && (previousState.url !== url || previousState.snapshot === null))
    throw new Fault('SYNC', {
      reason: 'joined_already',
    });
  const signIn = service.signIn(url);
  try {
    onProgress({ kind: 'progress', step: 'connecting', done: 0, total: null });
    const { user } =
      'oidc' in input
        ? await signIn.beginWithOidc({ show: pageReporter(onProgress), signal })
        : await signIn.begin(input).catch((error: unknown) => {
            throw formFault(error, 'bootstrap' in input && input.bootstrap !== undefined);
          });
    const { remote } = signIn;
    const share = await resolveShare(remote, input.share, signal);
    await assertCanShare(read, remote, { user, share, signal });
    const hello = await shakeHands(remote, share, signal);
    if (!previousState || previousState.server_id !== hello.server_id || previousState.share !== share)
      await queue.series('sync', async ({ db }) =>
        recordJoin(db, session.profile, { url, user, by_university: 'oidc' in input, share, hello }),
      );
  } catch (error) {
    const fault = syncFault(error);
    const isShareRefused =
      isFault(fault) &&
      fault.code === 'SYNC' &&
      ['not_yours', 'unknown_university'].includes(String(reasonOf(fault)));
    if (isShareRefused) await signIn.end();
    throw fault;
  }
  return service.syncNow(onProgress, signal);
}

interface JoinedServer extends Pick<SyncState, 'url' | 'user' | 'by_university' | 'share'> {
  hello: Hello;
}

/** Replaces the state of the server that was left by that of the joined one, before the first download. */
function recordJoin(db: WriteHandle, profile: string, { hello, ...joined }: JoinedServer): void {
  deleteServerState(db);
  const leftServerId = leftServer(db);
  recordIdentity(db, profile, joined.user.id);
  const isOtherServer = leftServerId !== null && leftServerId !== hello.server_id;
  if (isOtherServer) deleteDecisions(db);
  writeState(db, {
    ...joined,
    server_id: hello.server_id,
    generation: hello.generation,
    cursor: { seq: 0, hash: serverGenesis },
    snapshot: { after: '', head: hello.head },
    foreign: isOtherServer ? readHead(db).id : 0,
    settled: 0,
    scope: hello.scope,
    rewound: false,
    paused: false,
    diverged: false,
    in_step: false,
    compared: null,
    last_sync: null,
  });
}

/** Turns refused input of a form into INVALID by field; returns other errors unchanged. */
function formFault(error: unknown, isBootstrap: boolean): unknown {
  const issues =
    isBootstrap && isServerFault(error, 'INVALID_CREDENTIALS')
      ? [issueOf('bootstrap.token', 'bootstrap_token')]
      : issuesOf(error);
  return issues ? new Fault('INVALID', { issues }) : error;
}

const pageReporter =
  (report: OnProgress) =>
  (pageUrl: string): void =>
    report({ kind: 'progress', step: 'connecting', done: 0, total: null, open: pageUrl });

/** With `onProgress`, the user signs in on the university's page, whose address is reported as progress. */
export type Credentials = { password: string } | { onProgress: OnProgress; signal: AbortSignal };

/** Signs in again as the same user at the joined server. Throws SYNC, CANCELLED. */
export async function signInAgain(
  services: Services,
  service: SyncService,
  credentials: Credentials,
): Promise<void> {
  const { read, queue } = services;
  const { user, url } = joinedState(read);
  const signIn = service.signIn(url);
  let newSession: SignInResult;
  try {
    newSession =
      'onProgress' in credentials
        ? await signIn.beginWithOidc({
            show: pageReporter(credentials.onProgress),
            signal: credentials.signal,
            userId: user.id,
          })
        : await signIn.begin({ email: user.email, password: credentials.password, userId: user.id });
  } catch (error) {
    throw syncFault(error);
  }
  const by_university = 'onProgress' in credentials;
  await queue.series(
    'sync',
    async ({ db }) => void changeState(db, { user: newSession.user, by_university }),
  );
  service.clearProblem();
  service.wake();
}

/** Changes the signed-in user's password. Throws SYNC, or INVALID at `current` if the current password is wrong. */
export function changePassword(
  service: SyncService,
  { current, password }: { current: string; password: string },
): Promise<void> {
  return service.callServer(async ({ auth }) => {
    try {
      await auth.changePassword({ password: current, new_password: password });
    } catch (error) {
      if (isServerFault(error, 'NOT_FOUND')) throw new Fault('SYNC', { reason: 'older_server' });
      if (!isServerFault(error, 'INVALID_CREDENTIALS')) throw error;
      throw invalidFault([issueOf('current', 'wrong_password')]);
    }
  });
}
