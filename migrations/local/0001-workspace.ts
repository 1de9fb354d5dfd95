import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** A column that SQLite computes from the payload, so that it can be filtered, sorted and indexed. */
type Computed = readonly [
  column: string,
  type: 'TEXT' | 'REAL' | 'INTEGER',
  field: string,
  references?: string,
];

const university: Computed = ['university_id', 'TEXT', 'university_id', 'universities'];
/** Of a type that declares no university: whatever a payload says there is no reference. */
const looseUniversity: Computed = ['university_id', 'TEXT', 'university_id'];
const project: Computed = ['project_id', 'TEXT', 'project_id', 'projects'];
const name: Computed = ['name', 'TEXT', 'name'];

const tables: Readonly<Record<string, readonly Computed[]>> = {
  universities: [name, ['is_lead', 'INTEGER', 'is_lead'], ['active', 'INTEGER', 'active']],
  projects: [
    name,
    university,
    ['type', 'TEXT', 'type'],
    ['duration_months', 'REAL', 'duration_months'],
    ['is_collaborative', 'INTEGER', 'is_collaborative'],
  ],
  teams: [
    name,
    university,
    project,
    ['discipline', 'TEXT', 'discipline'],
    ['lifecycle', 'TEXT', 'lifecycle'],
    ['size', 'REAL', 'size'],
    ['experience', 'REAL', 'experience'],
  ],
  faculty: [name, university, ['role', 'TEXT', 'role']],
  students: [
    name,
    university,
    ['team_id', 'TEXT', 'team_id', 'teams'],
    ['expertise_area', 'TEXT', 'expertise_area'],
    ['graduation_term', 'TEXT', 'graduation_term'],
    ['terms_remaining', 'REAL', 'terms_remaining'],
    ['is_lead', 'INTEGER', 'is_lead'],
    ['active', 'INTEGER', 'active'],
  ],
  interfaces: [
    looseUniversity,
    ['from_id', 'TEXT', 'from'],
    ['to_id', 'TEXT', 'to'],
    ['interface_type', 'TEXT', 'interface_type'],
    ['bond_type', 'TEXT', 'bond_type'],
    ['energy_loss', 'REAL', 'energy_loss'],
  ],
  outcomes: [
    university,
    project,
    ['outcome_type', 'TEXT', 'outcome_type'],
    ['success', 'INTEGER', 'success'],
    ['cohort_year', 'REAL', 'cohort_year'],
  ],
  risk_factors: [
    looseUniversity,
    ['name', 'TEXT', 'factor_name'],
    ['display_name', 'TEXT', 'display_name'],
    ['category', 'TEXT', 'category'],
    ['confidence_level', 'TEXT', 'confidence_level'],
    ['active', 'INTEGER', 'active'],
  ],
  factor_models: [
    looseUniversity,
    name,
    ['validation_status', 'TEXT', 'validation_status'],
    ['is_active', 'INTEGER', 'is_active'],
    ['is_baseline', 'INTEGER', 'is_baseline'],
  ],
  profiles: [name, university, ['role', 'TEXT', 'role']],
};

function createTable(table: string, columns: readonly Computed[]): string {
  const computed = columns.map(([column, type, field, references]) => {
    const target = references ? ` REFERENCES ${references} (id) DEFERRABLE INITIALLY DEFERRED` : '';
    return `  "${column}" ${type} GENERATED ALWAYS AS (payload ->> '$.${field}') VIRTUAL${target}`;
  });
  const own = table === 'universities' ? [`  "university_id" TEXT GENERATED ALWAYS AS (id) VIRTUAL`] : [];
  return `CREATE TABLE "${table}" (
  id TEXT NOT NULL PRIMARY KEY,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT,
${[...own, ...computed].join(',\n')}
) STRICT`;
}

/**
 * References are looked up among live records only. What is often empty stays out of its index: each is a page more to write.
 * What is never or seldom empty is in it whole, so that a list ordered by it need not read the records.
 */
const referenceIndexes = [
  ['projects', 'university_id', 'all'],
  ['teams', 'university_id', 'all'],
  ['teams', 'project_id', 'filled'],
  ['faculty', 'university_id', 'all'],
  ['students', 'university_id', 'all'],
  ['students', 'team_id', 'all'],
  ['interfaces', 'from_id', 'all'],
  ['interfaces', 'to_id', 'all'],
  ['outcomes', 'university_id', 'filled'],
  ['outcomes', 'project_id', 'filled'],
] as const;

const audit = [
  `CREATE TABLE audit_transactions (
  id INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  params TEXT CHECK (params IS NULL OR json_valid(params)),
  params_salt TEXT,
  params_digest TEXT NOT NULL,
  actor TEXT NOT NULL,
  op_id TEXT NOT NULL,
  replica TEXT NOT NULL,
  hlc TEXT NOT NULL,
  created_at TEXT NOT NULL,
  undoes TEXT,
  redoes TEXT,
  changes INTEGER NOT NULL CHECK (changes > 0),
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT`,
  `CREATE TABLE audit_logs (
  id INTEGER PRIMARY KEY,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  entity_type TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  university_id TEXT,
  payload_before TEXT,
  payload_after TEXT,
  meta TEXT,
  salt TEXT,
  digest TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT`,
  `CREATE INDEX audit_logs_entity_id ON audit_logs (entity_id)`,
  `CREATE INDEX audit_transactions_undoes ON audit_transactions (undoes) WHERE undoes IS NOT NULL`,
  `CREATE INDEX audit_transactions_redoes ON audit_transactions (redoes) WHERE redoes IS NOT NULL`,
  `CREATE TABLE workspace (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,
];

/** The records, the profiles, the audit and the workspace's own facts (id, name, replica, first profile). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of Object.entries(tables))
    await sql.raw(createTable(table, columns)).execute(db);
  for (const [table, column, which] of referenceIndexes) {
    const entries =
      which === 'filled' ? `deleted_at IS NULL AND "${column}" IS NOT NULL` : 'deleted_at IS NULL';
    await sql
      .raw(`CREATE INDEX "${table}_${column}" ON "${table}" ("${column}") WHERE ${entries}`)
      .execute(db);
  }
  for (const statement of audit) await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const all = ['workspace', 'audit_logs', 'audit_transactions', ...Object.keys(tables).toReversed()];
  for (const table of all) await sql.raw(`DROP TABLE "${table}"`).execute(db);
}
