/** The thirteen kinds of record that people keep, in the order in which one may refer to another. */
export const entityTypes = [
  'university',
  'project',
  'team',
  'faculty',
  'student',
  'interface',
  'outcome',
  'risk-factor',
  'factor-model',
  'contact',
  'repair',
  'document',
  'comment',
] as const;

export type EntityType = (typeof entityTypes)[number];

/**
 * Everything that is audited as rows: the profiles of people, the records that they keep, and what they share beside them: views
 * that somebody named, sandboxes that somebody shared, where nodes were put in the network, and what the workspace itself is called.
 */
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
  team: 'teams',
  faculty: 'faculty',
  student: 'students',
  interface: 'interfaces',
  outcome: 'outcomes',
  'risk-factor': 'risk_factors',
  'factor-model': 'factor_models',
  contact: 'contacts',
  repair: 'repairs',
  document: 'documents',
  comment: 'comments',
  profile: 'profiles',
  view: 'views',
  'shared-sandbox': 'shared_sandboxes',
  position: 'positions',
  workspace: 'workspaces',
} as const satisfies Record<AuditedType, string>;

export type TableName = (typeof tableOf)[AuditedType];

/** The prefix of an id that we make ourselves: `team_0192…`. */
export const idPrefix = {
  university: 'univ',
  project: 'proj',
  team: 'team',
  faculty: 'fac',
  student: 'stud',
  interface: 'link',
  outcome: 'out',
  'risk-factor': 'risk',
  'factor-model': 'model',
  contact: 'contact',
  repair: 'repair',
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
 * What people keep and share; not who may act, nor the name and the settings of the workspace, nor shared sandboxes: these are proposals, which going
 * back to a former state of the records does not take away.
 */
export const isContent = (type: AuditedType): boolean =>
  isEntityType(type) || type === 'view' || type === 'position';
