import type { Json } from './json.ts';
import type { AuditedType } from './types.ts';
import type { Role } from './vocabulary.ts';

export interface Actor {
  id: string;
  role: Role;
  university_id: string | null;
  /** A past point in time is open, which is read-only. */
  past?: boolean;
  /** The file is corrupt: it is read-only until it is recovered. */
  closed?: boolean;
}

/** The object of a change. `universities` are those before and after the change; for an interface, those of both ends. */
export interface Subject {
  type: AuditedType;
  universities: readonly (string | null)[];
  /** A project of several universities, before or after the change. */
  shared?: boolean;
  wholeRecord?: boolean;
  /** Profile id of the owner: the author of a saved view; a profile owns itself. */
  owner?: string | null;
  /** A profile of which only the name changes. */
  onlyName?: boolean;
  /** Maintenance settings of the workspace, such as backup retention; not its name. */
  upkeep?: boolean;
}

export type Verdict = { allowed: true } | { allowed: false; rule: DenialRule };
/** Reasons for denying a change; their texts are `rule` in `shared/texts`. */
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
 * Whether `actor` may create, change or delete `subject`. Everybody may read everything. Editors change records of their own university,
 * and interfaces with an end there. Shared projects, universities, and records without a university need a researcher. Researchers may
 * change all records; profiles need an admin. Node positions are open to everybody except viewers. A saved view is open to its author,
 * researchers and admins. The workspace name needs a researcher or admin, its maintenance settings an admin. Everybody, viewers included,
 * may change their own name, because it does not affect records.
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
 * Whether `actor` may rename, archive, discard or recover a sandbox: its author and admins. The author of an unreadable sandbox is unknown.
 */
export function maySettleSandbox(actor: Actor, madeBy: string | null): Verdict {
  if (actor.role === 'viewer') return denied('viewers_read_only');
  return actor.role === 'admin' || madeBy === actor.id ? allowed : denied('own_sandbox_only');
}

/** Whether `actor` may rename or remove a checkpoint: its author and admins. */
export function maySettleCheckpoint(actor: Actor, namedBy: string): Verdict {
  if (actor.role === 'viewer') return denied('viewers_read_only');
  return actor.role === 'admin' || namedBy === actor.id ? allowed : denied('own_checkpoint_only');
}

/** Whether `actor` may remove a forecast: its author and admins. */
export function mayRemoveForecast(actor: Actor, savedBy: string): Verdict {
  if (actor.role === 'viewer') return denied('viewers_read_only');
  return actor.role === 'admin' || savedBy === actor.id ? allowed : denied('own_forecast_only');
}

/** Whether `actor` may add a job to the queue: everybody except viewers. */
export const mayAddJob = (actor: Actor): Verdict =>
  actor.role === 'viewer' ? denied('viewers_read_only') : allowed;

/** Whether `actor` may cancel or retry a job: its author, researchers and admins. */
export function maySettleJob(actor: Actor, isOwn: boolean): Verdict {
  if (actor.role === 'viewer') return denied('viewers_read_only');
  return isOwn || actor.role !== 'editor' ? allowed : denied('own_job_only');
}

export function maySetBack(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('moment_needs_admin');
}

export function mayKeepBackups(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('backups_need_admin');
}

export function mayRestore(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('restore_needs_admin');
}

export function mayKeepGolden(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('golden_needs_admin');
}

export function mayVacuum(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('vacuum_needs_admin');
}

/** Whether `actor` may erase a person, purge deleted records, and set their retention: admins. */
export function mayErase(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('erase_needs_admin');
}

/** Whether `actor` may set whether rankings name people: admins. */
export function mayNamePeople(actor: Actor): Verdict {
  return actor.role === 'admin' ? allowed : denied('ranking_needs_admin');
}

/** A project is shared if it is collaborative or has no single university. */
export function isShared(type: AuditedType, payload: Readonly<Record<string, Json>>): boolean {
  return (
    type === 'project' && (payload.is_collaborative === true || (payload.university_id ?? null) === null)
  );
}
