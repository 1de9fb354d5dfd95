import { Fault } from '#shared/contract/faults.ts';
import {
  addJobVerdict,
  approvalRuleVerdict,
  approvalVerdict,
  eraseVerdict,
  rankingVerdict,
  backupsVerdict,
  goldenVerdict,
  restoreVerdict,
  vacuumVerdict,
  pointRestoreVerdict,
  forecastVerdict,
  checkpointVerdict,
  jobVerdict,
  sandboxVerdict,
} from '#shared/domain/permissions.ts';
import type { Actor, DenialRule, Verdict } from '#shared/domain/permissions.ts';
import { isErased } from '#shared/domain/erased.ts';
import { verdictOn } from '#shared/domain/verdict.ts';
import type { EndUniversities, ProposedChange } from '#shared/domain/verdict.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { joinedUserId } from '../log/session.ts';
import { isOwnApproval } from './four-eyes.ts';
import { isSetting } from './workspace-settings.ts';
import { endUniversities } from '../log/records/university.ts';

/** Checks the permission for both the old and the new state of the record. Throws FORBIDDEN. */
export function assertCanChange(db: ReadHandle, actor: Actor, change: ProposedChange): void {
  const { type, id } = change;
  if (type === 'profile' && joinedUserId(db) !== null)
    throw new Fault('FORBIDDEN', { rule: 'people_on_server', type, id });
  assertCanChangeWith((payload) => endUniversities(db, payload), actor, change);
  assertSecondPerson(db, actor, change);
}

/** Like `assertCanChange` for a change among others that are not written yet: `endsOf` returns the future ends of interfaces. */
export function assertCanChangeWith(endsOf: EndUniversities, actor: Actor, change: ProposedChange): void {
  const { type, id, before, after } = change;
  if (before === null && after !== null && isErased(after))
    throw new Fault('FORBIDDEN', { rule: 'erased', type, id });
  const verdict = verdictOn(actor, { ...change, isSettings: isSetting(type, id) }, endsOf);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type, id });
}

/** Throws FORBIDDEN if the actor approves an own proposal although the workspace requires a second person. */
export function assertSecondPerson(db: ReadHandle, actor: Actor, change: ProposedChange): void {
  if (!isOwnApproval(db, actor, change)) return;
  throw new Fault('FORBIDDEN', { rule: 'own_proposal', type: change.type, id: change.id });
}

function assertAllowed(verdict: Verdict, type: string, id: string | null = null): void {
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type, id });
}

/* Each of these throws FORBIDDEN unless the actor has the permission. */

/** Renaming, archiving, discarding or recovering a sandbox; `creatorId` is null if unknown. */
export const assertCanEditSandbox = (actor: Actor, id: string, creatorId: string | null): void =>
  assertAllowed(sandboxVerdict(actor, creatorId), 'sandbox', id);

/** Removing backups and choosing which are kept. */
export const assertCanManageBackups = (actor: Actor): void =>
  assertAllowed(backupsVerdict(actor), 'backup', '');

export const assertCanRestore = (actor: Actor): void => assertAllowed(restoreVerdict(actor), 'workspace');

/** Publishing a golden version and resetting to one. */
export const assertCanPublish = (actor: Actor): void => assertAllowed(goldenVerdict(actor), 'golden');

export const assertCanVacuum = (actor: Actor): void => assertAllowed(vacuumVerdict(actor), 'workspace');

/** Erasing people and purging deleted records. */
export const assertCanErase = (actor: Actor): void => assertAllowed(eraseVerdict(actor), 'workspace');

export const assertCanSetRanking = (actor: Actor): void => assertAllowed(rankingVerdict(actor), 'workspace');

/** Setting whether a second person must approve repairs. */
export const assertCanSetApprovalRule = (actor: Actor): void =>
  assertAllowed(approvalRuleVerdict(actor), 'workspace');

/** Approving and checking repairs. */
export const assertCanApprove = (actor: Actor, id: string): void =>
  assertAllowed(approvalVerdict(actor), 'repair', id);

export const assertCanAddJob = (actor: Actor): void => assertAllowed(addJobVerdict(actor), 'job');

export const assertCanEditJob = (actor: Actor, id: string, isOwn: boolean): void =>
  assertAllowed(jobVerdict(actor, isOwn), 'job', id);

export const assertCanEditCheckpoint = (actor: Actor, id: string, creatorId: string): void =>
  assertAllowed(checkpointVerdict(actor, creatorId), 'checkpoint', id);

export const assertCanRemoveForecast = (actor: Actor, id: string, creatorId: string): void =>
  assertAllowed(forecastVerdict(actor, creatorId), 'forecast', id);

/** Restoring all records to a point in time. */
export const assertCanRestorePoint = (actor: Actor): void =>
  assertAllowed(pointRestoreVerdict(actor), 'workspace');

export function readOnlyPointFault(): Fault<'FORBIDDEN'> {
  const rule: DenialRule = 'moment_read_only';
  return new Fault('FORBIDDEN', { rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN if the actor is a viewer, who can change nothing, before any work; `subject` is the record of the request. */
export function assertCanWrite(actor: Actor, subject: { type: string; id: string }): void {
  const rule: DenialRule = 'viewers_read_only';
  if (actor.role === 'viewer') throw new Fault('FORBIDDEN', { rule, ...subject });
}
