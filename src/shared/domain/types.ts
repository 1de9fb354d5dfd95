/** The record types, ordered such that a type only refers to earlier ones. */
export const entityTypes = [
  'university',
  'project',
  'organisation',
  'team',
  'faculty',
  'student',
  'repository',
  'interface',
  'outcome',
  'risk-factor',
  'factor-model',
  'contact',
  'repair',
  'task',
  'document',
  'comment',
] as const;

export type EntityType = (typeof entityTypes)[number];

/** All types audited as rows: profiles, records, and shared objects (saved views, shared sandboxes, node positions, the workspace name). */
export const auditedTypes = [
  'profile',
  ...entityTypes,
  'view',
  'shared-sandbox',
  'position',
  'workspace',
] as const;

export type AuditedType = (typeof auditedTypes)[number];

/** The table of a type: its plural. */
export const tableOf = {
  university: 'universities',
  project: 'projects',
  organisation: 'organisations',
  team: 'teams',
  faculty: 'faculty',
  student: 'students',
  repository: 'repositories',
  interface: 'interfaces',
  outcome: 'outcomes',
  'risk-factor': 'risk_factors',
  'factor-model': 'factor_models',
  contact: 'contacts',
  repair: 'repairs',
  task: 'tasks',
  document: 'documents',
  comment: 'comments',
  profile: 'profiles',
  view: 'views',
  'shared-sandbox': 'shared_sandboxes',
  position: 'positions',
  workspace: 'workspaces',
} as const satisfies Record<AuditedType, string>;

export type TableName = (typeof tableOf)[AuditedType];

/** The prefix of generated ids: `team_0192…`. */
export const idPrefix = {
  university: 'univ',
  project: 'proj',
  organisation: 'org',
  team: 'team',
  faculty: 'fac',
  student: 'stud',
  repository: 'repo',
  interface: 'link',
  outcome: 'out',
  'risk-factor': 'risk',
  'factor-model': 'model',
  contact: 'contact',
  repair: 'repair',
  task: 'task',
  document: 'doc',
  comment: 'comment',
  profile: 'prof',
  view: 'view',
  'shared-sandbox': 'share',
  position: 'pos',
  workspace: 'ws',
} as const satisfies Record<AuditedType, string>;

export function isAuditedType(value: unknown): value is AuditedType {
  return (auditedTypes as readonly unknown[]).includes(value);
}

export function isEntityType(value: unknown): value is EntityType {
  return (entityTypes as readonly unknown[]).includes(value);
}

/**
 * Whether a type is content of the workspace: not profiles, the workspace's name and settings, or shared sandboxes. Shared sandboxes are
 * proposals, so restoring an earlier state must not remove them.
 */
export const isContent = (type: AuditedType): boolean => isRestorable(type) || type === 'position';

export const isRestorable = (type: AuditedType): boolean => isEntityType(type) || type === 'view';
