/** The nine kinds of record that people keep, in the order in which one may refer to another. */
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
] as const;

export type EntityType = (typeof entityTypes)[number];

/** Everything that is audited as rows: the records, and the profiles of the people who keep them. */
export type AuditedType = EntityType | 'profile';
export const auditedTypes: readonly AuditedType[] = ['profile', ...entityTypes];

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
  profile: 'profiles',
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
  profile: 'prof',
} as const satisfies Record<AuditedType, string>;

export function isEntityType(value: unknown): value is EntityType {
  return (entityTypes as readonly unknown[]).includes(value);
}
