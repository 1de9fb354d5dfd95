import { Fault } from '#shared/contract/faults.ts';
import {
  addJobVerdict,
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
import type { Actor, DenialRule } from '#shared/domain/permissions.ts';
import { isErased } from '#shared/domain/erased.ts';
import { verdictOn } from '#shared/domain/verdict.ts';
import type { EndUniversities, ProposedChange } from '#shared/domain/verdict.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { joinedUserId } from '../log/session.ts';
import { isSetting } from './workspace-settings.ts';
import { endUniversities } from '../log/records/university.ts';

/** Checks the permission for both the old and the new state of the record. Throws FORBIDDEN. */
export function assertCanChange(db: ReadHandle, actor: Actor, change: ProposedChange): void {
  const { type, id } = change;
  if (type === 'profile' && joinedUserId(db) !== null)
    throw new Fault('FORBIDDEN', { rule: 'people_on_server', type, id });
  assertCanChangeWith((payload) => endUniversities(db, payload), actor, change);
}

/** Like `assertCanChange` for a change among others that are not written yet: `endsOf` returns the future ends of interfaces. */
export function assertCanChangeWith(endsOf: EndUniversities, actor: Actor, change: ProposedChange): void {
  const { type, id, before, after } = change;
  if (before === null && after !== null && isErased(after))
    throw new Fault('FORBIDDEN', { rule: 'erased', type, id });
  const verdict = verdictOn(actor, { ...change, isSettings: isSetting(type, id) }, endsOf);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type, id });
}

/** Throws FORBIDDEN unless the actor may rename, archive, discard or recover the sandbox; `creatorId` is null if unknown. */
export function assertCanEditSandbox(actor: Actor, id: string, creatorId: string | null): void {
  const verdict = sandboxVerdict(actor, creatorId);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'sandbox', id });
}

/** Throws FORBIDDEN unless the actor may remove backups and choose which are kept. */
export function assertCanManageBackups(actor: Actor): void {
  const verdict = backupsVerdict(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'backup', id: '' });
}

/** Throws FORBIDDEN unless the actor may restore a backup over live. */
export function assertCanRestore(actor: Actor): void {
  const verdict = restoreVerdict(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN unless the actor may publish a golden version or reset to one. */
export function assertCanPublish(actor: Actor): void {
  const verdict = goldenVerdict(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'golden', id: null });
}

/** Throws FORBIDDEN unless the actor may vacuum the file. */
export function assertCanVacuum(actor: Actor): void {
  const verdict = vacuumVerdict(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN unless the actor may erase people and purge deleted records. */
export function assertCanErase(actor: Actor): void {
  const verdict = eraseVerdict(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN unless the actor may set whether rankings name people. */
export function assertCanSetRanking(actor: Actor): void {
  const verdict = rankingVerdict(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN unless the actor may add a job. */
export function assertCanAddJob(actor: Actor): void {
  const verdict = addJobVerdict(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'job', id: null });
}

/** Throws FORBIDDEN unless the actor may cancel or retry the job. */
export function assertCanEditJob(actor: Actor, id: string, isOwn: boolean): void {
  const verdict = jobVerdict(actor, isOwn);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'job', id });
}

/** Throws FORBIDDEN unless the actor may rename or remove the checkpoint. */
export function assertCanEditCheckpoint(actor: Actor, id: string, creatorId: string): void {
  const verdict = checkpointVerdict(actor, creatorId);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'checkpoint', id });
}

/** Throws FORBIDDEN unless the actor may remove the forecast. */
export function assertCanRemoveForecast(actor: Actor, id: string, creatorId: string): void {
  const verdict = forecastVerdict(actor, creatorId);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'forecast', id });
}

/** Throws FORBIDDEN unless the actor may restore all records to a point in time. */
export function assertCanRestorePoint(actor: Actor): void {
  const verdict = pointRestoreVerdict(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'workspace', id: null });
}

export function readOnlyPointFault(): Fault<'FORBIDDEN'> {
  const rule: DenialRule = 'moment_read_only';
  return new Fault('FORBIDDEN', { rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN if the actor is a viewer, who can change nothing, before any work; `subject` is the record of the request. */
export function assertCanWrite(actor: Actor, subject: { type: string; id: string }): void {
  const rule: DenialRule = 'viewers_read_only';
  if (actor.role === 'viewer') throw new Fault('FORBIDDEN', { rule, ...subject });
}
