import { jsonEqual } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import type { AuditedType } from './types.ts';
import type { Role } from './vocabulary.ts';

export interface Actor {
  id: string;
  role: Role;
  university_id: string | null;
  /** Unknown for an actor that writes no record with a name in it. */
  name?: string | undefined;
  /** A past point in time is open, which is read-only. */
  isPast?: boolean;
  /** The file is corrupt: it is read-only until it is recovered. */
  isCorrupt?: boolean;
  /** A program that acts for the profile: it approves nothing. */
  agent?: string | undefined;
  /** A webhook acts for this repository: see `hookVerdict`. */
  repository?: string | undefined;
}

/** The object of a change. `universities` are those before and after the change; for an interface, those of both ends. */
export interface Subject {
  type: AuditedType;
  universities: readonly (string | null)[];
  /** A project of several universities, before or after the change. */
  isShared?: boolean;
  isWholeRecord?: boolean;
  /** Profile id of the owner: the author of a saved view; a profile owns itself. */
  owner?: string | null;
  /** A profile of which only the name changes. */
  isNameChange?: boolean;
  /** Maintenance settings of the workspace, such as backup retention; not its name. */
  isSettings?: boolean;
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
  'approval_needs_researcher',
  'agents_never_approve',
  'agent_proposals_daily',
  'hook_evidence_only',
  'own_proposal',
  'approval_rule_needs_admin',
  'approval_rule_of_server',
  'own_name_only',
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
const denial = (rule: DenialRule): Verdict => ({ allowed: false, rule });

/**
 * The verdict on whether `actor` may create, change or delete `subject`. Everybody may read everything. Editors change records of their own
 * university, and interfaces with an end there. Shared projects, universities, and records without a university need a researcher.
 * Researchers may change all records; profiles need an admin. Node positions are open to everybody except viewers. A saved view is open to
 * its author, researchers and admins. The workspace name needs a researcher or admin, its maintenance settings an admin. Everybody, viewers
 * included, may change their own name, because it does not affect records.
 */
export function changeVerdict(actor: Actor, subject: Subject): Verdict {
  if (actor.isPast) return denial('moment_read_only');
  if (actor.isCorrupt) return denial('damaged_read_only');
  if (subject.type === 'profile' && subject.isNameChange && subject.owner === actor.id) return allowed;
  if (actor.role === 'viewer') return denial('viewers_read_only');
  if (subject.isSettings) return backupsVerdict(actor);
  if (subject.type === 'profile') return actor.role === 'admin' ? allowed : denial('profiles_need_admin');
  if (actor.role === 'admin' || actor.role === 'researcher') return allowed;
  if (subject.type === 'position') return allowed;
  if (subject.type === 'view') return subject.owner === actor.id ? allowed : denial('own_view_only');
  if (subject.type === 'workspace') return denial('workspace_needs_researcher');
  const isOwn = (university: string | null): boolean =>
    university !== null && university === actor.university_id;
  if (subject.type === 'interface') {
    return subject.universities.some(isOwn) ? allowed : denial('own_university_only');
  }
  if (subject.type === 'university' && subject.isWholeRecord) return denial('university_needs_researcher');
  if (subject.isShared) return denial('shared_project_needs_researcher');
  if (subject.universities.every(isOwn) && subject.universities.length > 0) return allowed;
  return denial(
    subject.universities.every((university) => university === null)
      ? 'unassigned_needs_researcher'
      : 'own_university_only',
  );
}

/** Fields of a repair that say that a person agreed; agents never set them. */
const approvalFields = ['approved_on', 'approved_by', 'checked_on', 'checked_by'];
const agreedFields = [...approvalFields, 'done_on'];

/** Whether `actor` is allowed to approve and check repairs: researchers and admins, no agents. */
export function approvalVerdict(actor: Actor): Verdict {
  if (actor.agent !== undefined) return denial('agents_never_approve');
  return actor.role === 'admin' || actor.role === 'researcher'
    ? allowed
    : denial('approval_needs_researcher');
}

/** The verdict on the fields of a repair that a change sets or clears. */
export function agreementVerdict(actor: Actor, changes: (field: string) => boolean): Verdict {
  if (approvalFields.some(changes)) return approvalVerdict(actor);
  return actor.agent !== undefined && agreedFields.some(changes) ? denial('agents_never_approve') : allowed;
}

/** Fields of a task that a webhook sets. */
const hookFields = ['evidence', 'url', 'started_on', 'done_on'];

/** The verdict on a change by a webhook: it only changes these fields, of tasks of its repository. A payload is null if the record is new or deleted. */
export function hookVerdict(
  { repository }: Actor,
  { type, before, after }: { type: AuditedType; before: JsonObject | null; after: JsonObject | null },
): Verdict {
  const isTask = type === 'task' && before !== null && after !== null;
  const isOwn = isTask && [before, after].every(({ repository_id: id }) => id === repository);
  const fields = isOwn ? Object.keys({ ...before, ...after }) : [];
  const isAllowed = fields.every(
    (field) => hookFields.includes(field) || jsonEqual(before?.[field] ?? null, after?.[field] ?? null),
  );
  return isOwn && isAllowed ? allowed : denial('hook_evidence_only');
}

const adminsOnly =
  (rule: DenialRule) =>
  (actor: Actor): Verdict =>
    actor.role === 'admin' ? allowed : denial(rule);

const authorAndAdmins =
  (rule: DenialRule) =>
  (actor: Actor, authorId: string | null): Verdict => {
    if (actor.role === 'viewer') return denial('viewers_read_only');
    return actor.role === 'admin' || authorId === actor.id ? allowed : denial(rule);
  };

/** Whether `actor` is allowed to rename, archive, discard or recover a sandbox. `authorId` is null if the author is unreadable. */
export const sandboxVerdict = authorAndAdmins('own_sandbox_only');

/** Whether `actor` is allowed to rename or remove a checkpoint: its author and admins. */
export const checkpointVerdict = authorAndAdmins('own_checkpoint_only');

/** Whether `actor` is allowed to remove a forecast: its author and admins. */
export const forecastVerdict = authorAndAdmins('own_forecast_only');

/** Whether `actor` is allowed to add a job to the queue: everybody except viewers. */
export const addJobVerdict = (actor: Actor): Verdict =>
  actor.role === 'viewer' ? denial('viewers_read_only') : allowed;

/** Whether `actor` is allowed to cancel or retry a job: its author, researchers and admins. */
export function jobVerdict(actor: Actor, isOwn: boolean): Verdict {
  if (actor.role === 'viewer') return denial('viewers_read_only');
  return isOwn || actor.role !== 'editor' ? allowed : denial('own_job_only');
}

export const pointRestoreVerdict = adminsOnly('moment_needs_admin');
export const backupsVerdict = adminsOnly('backups_need_admin');
export const restoreVerdict = adminsOnly('restore_needs_admin');
export const goldenVerdict = adminsOnly('golden_needs_admin');
export const vacuumVerdict = adminsOnly('vacuum_needs_admin');

/** Whether `actor` is allowed to erase a person, purge deleted records, and set their retention: admins. */
export const eraseVerdict = adminsOnly('erase_needs_admin');

/** Whether `actor` is allowed to set whether rankings name people: admins. */
export const rankingVerdict = adminsOnly('ranking_needs_admin');

/** Whether `actor` is allowed to set whether a second person must approve repairs: admins. */
export const approvalRuleVerdict = adminsOnly('approval_rule_needs_admin');

/** A project is shared if it is collaborative or has no single university. */
export function isSharedProject(type: AuditedType, payload: Readonly<Record<string, Json>>): boolean {
  return (
    type === 'project' && (payload.is_collaborative === true || (payload.university_id ?? null) === null)
  );
}
