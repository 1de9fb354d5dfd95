import { Fault } from '#shared/contract/faults.ts';
import {
  mayAddJob,
  mayErase,
  mayNamePeople,
  mayKeepBackups,
  mayKeepGolden,
  mayRestore,
  mayVacuum,
  maySetBack,
  mayRemoveForecast,
  maySettleCheckpoint,
  maySettleJob,
  maySettleSandbox,
} from '#shared/domain/permissions.ts';
import type { Actor, DenialRule } from '#shared/domain/permissions.ts';
import { isErased } from '#shared/domain/erased.ts';
import { verdictOn } from '#shared/domain/verdict.ts';
import type { EndsOf, ProposedChange } from '#shared/domain/verdict.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { joinedUser } from '../log/session.ts';
import { isUpkeep } from './workspace-settings.ts';
import { endUniversities } from '../log/records/university.ts';

const reasons: Readonly<Record<DenialRule, string>> = {
  out_of_sight: 'You see one university of the server and cannot change records of others.',
  viewers_read_only: 'Viewers cannot change records.',
  profiles_need_admin: 'Only admins change profiles.',
  people_on_server: 'Admins of the server manage people in this workspace.',
  own_university_only: 'Editors change records of their own university only.',
  shared_project_needs_researcher: 'Only researchers and admins change shared projects.',
  university_needs_researcher: 'Only researchers and admins add and delete universities.',
  unassigned_needs_researcher: 'Only researchers and admins change records without a university.',
  own_view_only: 'Only its author, researchers and admins change a saved view.',
  own_sandbox_only: 'Only its author and admins rename, archive, discard or restore a sandbox.',
  backups_need_admin: 'Only admins manage backups and their folder.',
  restore_needs_admin: 'Only admins replace all records with a backup. Nothing was changed.',
  golden_needs_admin: 'Only admins publish golden versions and reset to them. Nothing was changed.',
  vacuum_needs_admin: 'Only admins compact the file. Nothing was changed.',
  ranking_needs_admin: 'Only admins set whether rankings name people. Nothing was changed.',
  erase_needs_admin: 'Only admins erase people and purge deleted records. Nothing was changed.',
  erased: 'This record was erased and cannot be restored. Nothing was changed.',
  own_checkpoint_only: 'Only its author and admins rename or remove a checkpoint.',
  own_forecast_only: 'Only its author and admins remove a forecast.',
  own_job_only: 'Only its author, researchers and admins cancel and retry a job.',
  moment_needs_admin: 'Only admins restore all records to a point in time. Nothing was changed.',
  moment_read_only: 'A point in time is read-only. Nothing was changed.',
  damaged_read_only: 'The workspace file is corrupt and read-only until you recover it.',
  workspace_needs_researcher: 'Only researchers and admins rename the workspace.',
};

/** Checks the permission for both the old and the new state of the record. Throws FORBIDDEN. */
export function permit(db: ReadHandle, actor: Actor, change: ProposedChange): void {
  const { type, id } = change;
  if (type === 'profile' && joinedUser(db) !== null)
    throw new Fault('FORBIDDEN', reasons.people_on_server, { rule: 'people_on_server', type, id });
  permitWith((payload) => endUniversities(db, payload), actor, change);
}

/** Like `permit` for a change among others that are not written yet: `endsOf` returns the future ends of interfaces. */
export function permitWith(endsOf: EndsOf, actor: Actor, change: ProposedChange): void {
  const { type, id, before, after } = change;
  if (before === null && after !== null && isErased(after))
    throw new Fault('FORBIDDEN', reasons.erased, { rule: 'erased', type, id });
  const verdict = verdictOn(actor, { ...change, upkeep: isUpkeep(type, id) }, endsOf);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', reasons[verdict.rule], { rule: verdict.rule, type, id });
}

/** Throws FORBIDDEN unless the actor may rename, archive, discard or recover the sandbox; `madeBy` is null if unknown. */
export function permitSandbox(actor: Actor, id: string, madeBy: string | null): void {
  const verdict = maySettleSandbox(actor, madeBy);
  if (!verdict.allowed)
    throw new Fault('FORBIDDEN', reasons[verdict.rule], { rule: verdict.rule, type: 'sandbox', id });
}

/** Throws FORBIDDEN unless the actor may remove backups and choose which are kept. */
export function permitBackups(actor: Actor): void {
  const verdict = mayKeepBackups(actor);
  if (!verdict.allowed)
    throw new Fault('FORBIDDEN', reasons[verdict.rule], { rule: verdict.rule, type: 'backup', id: '' });
}

/** Throws FORBIDDEN unless the actor may restore a backup over live. */
export function permitRestore(actor: Actor): void {
  const verdict = mayRestore(actor);
  if (!verdict.allowed)
    throw new Fault('FORBIDDEN', reasons[verdict.rule], { rule: verdict.rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN unless the actor may publish a golden version or reset to one. */
export function permitGolden(actor: Actor): void {
  const verdict = mayKeepGolden(actor);
  if (!verdict.allowed)
    throw new Fault('FORBIDDEN', reasons[verdict.rule], { rule: verdict.rule, type: 'golden', id: null });
}

/** Throws FORBIDDEN unless the actor may vacuum the file. */
export function permitVacuum(actor: Actor): void {
  const verdict = mayVacuum(actor);
  if (!verdict.allowed)
    throw new Fault('FORBIDDEN', reasons[verdict.rule], { rule: verdict.rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN unless the actor may erase people and purge deleted records. */
export function permitErasing(actor: Actor): void {
  const verdict = mayErase(actor);
  if (!verdict.allowed)
    throw new Fault('FORBIDDEN', reasons[verdict.rule], { rule: verdict.rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN unless the actor may set whether rankings name people. */
export function permitRanking(actor: Actor): void {
  const verdict = mayNamePeople(actor);
  if (!verdict.allowed)
    throw new Fault('FORBIDDEN', reasons[verdict.rule], { rule: verdict.rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN unless the actor may add a job. */
export function permitNewJob(actor: Actor): void {
  const verdict = mayAddJob(actor);
  if (!verdict.allowed)
    throw new Fault('FORBIDDEN', reasons[verdict.rule], { rule: verdict.rule, type: 'job', id: null });
}

/** Throws FORBIDDEN unless the actor may cancel or retry the job. */
export function permitJob(actor: Actor, id: string, isOwn: boolean): void {
  const verdict = maySettleJob(actor, isOwn);
  if (!verdict.allowed)
    throw new Fault('FORBIDDEN', reasons[verdict.rule], { rule: verdict.rule, type: 'job', id });
}

/** Throws FORBIDDEN unless the actor may rename or remove the checkpoint. */
export function permitCheckpoint(actor: Actor, id: string, namedBy: string): void {
  const verdict = maySettleCheckpoint(actor, namedBy);
  if (!verdict.allowed)
    throw new Fault('FORBIDDEN', reasons[verdict.rule], { rule: verdict.rule, type: 'checkpoint', id });
}

/** Throws FORBIDDEN unless the actor may remove the forecast. */
export function permitForecast(actor: Actor, id: string, savedBy: string): void {
  const verdict = mayRemoveForecast(actor, savedBy);
  if (!verdict.allowed)
    throw new Fault('FORBIDDEN', reasons[verdict.rule], { rule: verdict.rule, type: 'forecast', id });
}

/** Throws FORBIDDEN unless the actor may restore all records to a point in time. */
export function permitSetBack(actor: Actor): void {
  const verdict = maySetBack(actor);
  if (!verdict.allowed)
    throw new Fault('FORBIDDEN', reasons[verdict.rule], { rule: verdict.rule, type: 'workspace', id: null });
}

/** The error for changes while a point in time is open. */
export function readOnlyMoment(): Fault<'FORBIDDEN'> {
  const rule: DenialRule = 'moment_read_only';
  return new Fault('FORBIDDEN', reasons[rule], { rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN if the actor may change nothing at all, before any work; `about` is the subject of the request. */
export function permitChanges(actor: Actor, about: { type: string; id: string }): void {
  const rule: DenialRule = 'viewers_read_only';
  if (actor.role === 'viewer') throw new Fault('FORBIDDEN', reasons[rule], { rule, ...about });
}
