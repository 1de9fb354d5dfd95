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

/** Checks the permission for both the old and the new state of the record. Throws FORBIDDEN. */
export function assertMayChange(db: ReadHandle, actor: Actor, change: ProposedChange): void {
  const { type, id } = change;
  if (type === 'profile' && joinedUser(db) !== null)
    throw new Fault('FORBIDDEN', { rule: 'people_on_server', type, id });
  permitWith((payload) => endUniversities(db, payload), actor, change);
}

/** Like `permit` for a change among others that are not written yet: `endsOf` returns the future ends of interfaces. */
export function permitWith(endsOf: EndsOf, actor: Actor, change: ProposedChange): void {
  const { type, id, before, after } = change;
  if (before === null && after !== null && isErased(after))
    throw new Fault('FORBIDDEN', { rule: 'erased', type, id });
  const verdict = verdictOn(actor, { ...change, upkeep: isUpkeep(type, id) }, endsOf);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type, id });
}

/** Throws FORBIDDEN unless the actor may rename, archive, discard or recover the sandbox; `madeBy` is null if unknown. */
export function permitSandbox(actor: Actor, id: string, madeBy: string | null): void {
  const verdict = maySettleSandbox(actor, madeBy);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'sandbox', id });
}

/** Throws FORBIDDEN unless the actor may remove backups and choose which are kept. */
export function permitBackups(actor: Actor): void {
  const verdict = mayKeepBackups(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'backup', id: '' });
}

/** Throws FORBIDDEN unless the actor may restore a backup over live. */
export function permitRestore(actor: Actor): void {
  const verdict = mayRestore(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN unless the actor may publish a golden version or reset to one. */
export function permitGolden(actor: Actor): void {
  const verdict = mayKeepGolden(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'golden', id: null });
}

/** Throws FORBIDDEN unless the actor may vacuum the file. */
export function permitVacuum(actor: Actor): void {
  const verdict = mayVacuum(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN unless the actor may erase people and purge deleted records. */
export function permitErasing(actor: Actor): void {
  const verdict = mayErase(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN unless the actor may set whether rankings name people. */
export function permitRanking(actor: Actor): void {
  const verdict = mayNamePeople(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN unless the actor may add a job. */
export function permitNewJob(actor: Actor): void {
  const verdict = mayAddJob(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'job', id: null });
}

/** Throws FORBIDDEN unless the actor may cancel or retry the job. */
export function permitJob(actor: Actor, id: string, isOwn: boolean): void {
  const verdict = maySettleJob(actor, isOwn);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'job', id });
}

/** Throws FORBIDDEN unless the actor may rename or remove the checkpoint. */
export function permitCheckpoint(actor: Actor, id: string, namedBy: string): void {
  const verdict = maySettleCheckpoint(actor, namedBy);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'checkpoint', id });
}

/** Throws FORBIDDEN unless the actor may remove the forecast. */
export function permitForecast(actor: Actor, id: string, savedBy: string): void {
  const verdict = mayRemoveForecast(actor, savedBy);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'forecast', id });
}

/** Throws FORBIDDEN unless the actor may restore all records to a point in time. */
export function permitSetBack(actor: Actor): void {
  const verdict = maySetBack(actor);
  if (!verdict.allowed) throw new Fault('FORBIDDEN', { rule: verdict.rule, type: 'workspace', id: null });
}

export function readOnlyMoment(): Fault<'FORBIDDEN'> {
  const rule: DenialRule = 'moment_read_only';
  return new Fault('FORBIDDEN', { rule, type: 'workspace', id: null });
}

/** Throws FORBIDDEN if the actor may change nothing at all, before any work; `about` is the subject of the request. */
export function permitChanges(actor: Actor, about: { type: string; id: string }): void {
  const rule: DenialRule = 'viewers_read_only';
  if (actor.role === 'viewer') throw new Fault('FORBIDDEN', { rule, ...about });
}
