import type { Json } from './json.ts';
import type { AuditedType } from './types.ts';
import type { Role } from './vocabulary.ts';

/** Who acts: a profile of the workspace. */
export interface Actor {
  id: string;
  role: Role;
  university_id: string | null;
  /** They look at a moment of the past, where nothing is changed. */
  past?: boolean;
  /** Damage was met in the file: nothing is written to it until it is recovered. */
  closed?: boolean;
}

/** What is to be changed. `universities` are those it belongs to, before and after the change; for an interface, of both ends. */
export interface Subject {
  type: AuditedType;
  universities: readonly (string | null)[];
  /** A project shared by several universities, before or after the change. */
  shared?: boolean;
  wholeRecord?: boolean;
  /** Whose it is, by the profile's id: who made a saved view; a profile is its own. */
  owner?: string | null;
  /** A profile: nothing but its name becomes another. */
  onlyName?: boolean;
  /** Of the workspace: what belongs to its upkeep, as which backups stay, and not its name. */
  upkeep?: boolean;
}

export type Verdict = { allowed: true } | { allowed: false; rule: DenialRule };
/** What is in the way of a change. Core and the window say each in words of their own. */
export const denialRules = [
  'viewers_read_only',
  'profiles_need_admin',
  'people_on_server',
  'own_university_only',
  'shared_project_needs_researcher',
  'university_needs_researcher',
  'unassigned_needs_researcher',
  'own_view_only',
  'workspace_needs_researcher',
  'own_sandbox_only',
  'backups_need_admin',
  'restore_needs_admin',
  'golden_needs_admin',
  'vacuum_needs_admin',
  'erase_needs_admin',
  'ranking_needs_admin',
  'erased',
  'own_checkpoint_only',
  'own_forecast_only',
  'own_job_only',
  'moment_needs_admin',
  'moment_read_only',
  'damaged_read_only',
  'out_of_sight',
] as const;
export type DenialRule = (typeof denialRules)[number];

const allowed: Verdict = { allowed: true };
const denied = (rule: DenialRule): Verdict => ({ allowed: false, rule });

/**
 * Whether `actor` may create, change or delete `subject`. Everybody reads everything; an editor changes what belongs to
 * the own university, an interface when either end does; shared projects, universities as such and records of no
 * university are for researchers; researchers may do all of it; profiles are for admins. Where nodes stand in the network is
 * everybody's who is no viewer; a saved view is changed by whoever made it, researchers and admins; the name of the workspace, which
 * belongs to no one university, by researchers and admins; what belongs to its upkeep by admins. What one is called oneself is everybody's, a viewer's too: it says who one is
 * and changes nothing of the records.
 */
export function mayChange(actor: Actor, subject: Subject): Verdict {
  if (actor.past) return denied('moment_read_only');
  if (actor.closed) return denied('damaged_read_only');
  if (subject.type === 'profile' && subject.onlyName && subject.owner === actor.id) return allowed;
  if (actor.role === 'viewer') return denied('viewers_read_only');
  if (subject.upkeep) return mayKeepBackups(actor);
  if (subject.type === 'profile') return actor.role === 'admin' ? allowed : denied('profiles_need_admin');
  if (actor.role === 'admin' || actor.role === 'researcher') return allowed;
  if (subject.type === 'position') return allowed;
  if (subject.type === 'view') return subject.owner === actor.id ? allowed : denied('own_view_only');
  if (subject.type === 'workspace') return denied('workspace_needs_researcher');
  const own = (university: string | null): boolean =>
    university !== null && university === actor.university_id;
  if (subject.type === 'interface') {
    return subject.universities.some(own) ? allowed : denied('own_university_only');
  }
  if (subject.type === 'university' && subject.wholeRecord) return denied('university_needs_researcher');
  if (subject.shared) return denied('shared_project_needs_researcher');
  if (subject.universities.every(own) && subject.universities.length > 0) return allowed;
  return denied(
    subject.universities.every((university) => university === null)
      ? 'unassigned_needs_researcher'
      : 'own_university_only',
  );
}

/**
 * Whether `actor` may rename, archive, discard or recover a sandbox: who made it, and admins. Of one that cannot be read nobody knows
 * who did.
 */
export function maySettleSandbox(actor: Actor, madeBy: string | null): Verdict {
  if (actor.role === 'viewer') return denied('viewers_read_only');
  return actor.role === 'admin' || madeBy === actor.id ? allowed : denied('own_sandbox_only');
}

/** Whether `actor` may rename or remove a checkpoint: who named it, and admins. */
export function maySettleCheckpoint(actor: Actor, namedBy: string): Verdict {
  if (actor.role === 'viewer') return denied('viewers_read_only');
  return actor.role === 'admin' || namedBy === actor.id ? allowed : denied('own_checkpoint_only');
}

/** Whether `actor` may remove a forecast: whoever saved it, and admins. */
export function mayRemoveForecast(actor: Actor, savedBy: string): Verdict {
  if (actor.role === 'viewer') return denied('viewers_read_only');
  return actor.role === 'admin' || savedBy === actor.id ? allowed : denied('own_forecast_only');
}

/** Whether `actor` may add a job to the queue: everybody but viewers. */
export const mayAddJob = (actor: Actor): Verdict =>
  actor.role === 'viewer' ? denied('viewers_read_only') : allowed;

/** Whether `actor` may cancel or retry a job: who added it, researchers and admins. */
export function maySettleJob(actor: Actor, isOwn: boolean): Verdict {
  if (actor.role === 'viewer') return denied('viewers_read_only');
  return isOwn || actor.role !== 'editor' ? allowed : denied('own_job_only');
}

/** Whether `actor` may make all records what they were at a moment: admins. */
export function maySetBack(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('moment_needs_admin');
}

/** Whether `actor` may remove backups, and say which ones stay: admins. */
export function mayKeepBackups(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('backups_need_admin');
}

/** Whether `actor` may put the records of a backup in the place of live's: admins. */
export function mayRestore(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('restore_needs_admin');
}

/** Whether `actor` may publish a golden version, and put one in the place of live's records: admins. */
export function mayKeepGolden(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('golden_needs_admin');
}

/** Whether `actor` may have the file compacted: admins. */
export function mayVacuum(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('vacuum_needs_admin');
}

/** Whether `actor` may erase a person, purge deleted records, and set how long these are kept: admins. */
export function mayErase(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('erase_needs_admin');
}

/** Whether `actor` may set whether rankings name people: admins. */
export function mayNamePeople(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('ranking_needs_admin');
}

/** A project is shared when it is collaborative or belongs to no one university. */
export function isShared(type: AuditedType, payload: Readonly<Record<string, Json>>): boolean {
  return (
    type === 'project' && (payload.is_collaborative === true || (payload.university_id ?? null) === null)
  );
}
