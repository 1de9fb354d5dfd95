import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** A column that SQLite computes from the payload, so that it can be filtered, sorted and indexed. */
export type Computed = readonly [
  column: string,
  type: 'TEXT' | 'REAL' | 'INTEGER',
  field: string,
  references?: string,
];

const university: Computed = ['university_id', 'TEXT', 'university_id', 'universities'];
/** Of a type that declares no university: whatever a payload says there is no reference. */
const looseUniversity: Computed = ['university_id', 'TEXT', 'university_id'];
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
    ['discipline', 'TEXT', 'discipline'],
    ['lifecycle', 'TEXT', 'lifecycle'],
    ['size', 'REAL', 'size'],
    ['experience', 'REAL', 'experience'],
  ],
  faculty: [name, university, ['role', 'TEXT', 'role']],
  students: [
    name,
    university,
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
};

/** What is audited and no record: people, saved views, positions in the network, the name and the settings of the workspace. */
const others: Readonly<Record<string, readonly Computed[]>> = {
  profiles: [name, ['role', 'TEXT', 'role']],
  views: [name],
  positions: [['node_id', 'TEXT', 'node']],
  workspaces: [name],
};

/** References that read as empty while their record is deleted or hidden: `dangling` says so. */
const references: Readonly<Record<string, readonly [field: string, to: string]>> = {
  teams: ['project_id', 'projects'],
  students: ['team_id', 'teams'],
  outcomes: ['project_id', 'projects'],
  profiles: ['university_id', 'universities'],
};

export function createTable(
  table: string,
  columns: readonly Computed[],
  { hasHidden } = { hasHidden: table in tables },
): string {
  const computed = columns.map(([column, type, field, target]) => {
    const key = target ? ` REFERENCES ${target} (id) DEFERRABLE INITIALLY DEFERRED` : '';
    return `  "${column}" ${type} GENERATED ALWAYS AS (payload ->> '$.${field}') VIRTUAL${key}`;
  });
  const [field, to] = references[table] ?? [];
  const reference = field
    ? [
        `  dangling INTEGER NOT NULL DEFAULT 0`,
        `  "${field}" TEXT GENERATED ALWAYS AS (CASE WHEN dangling = 0 THEN payload ->> '$.${field}' END) VIRTUAL
    REFERENCES ${to} (id) DEFERRABLE INITIALLY DEFERRED`,
      ]
    : [];
  const hidden = hasHidden ? [`  hidden INTEGER NOT NULL DEFAULT 0`] : [];
  const own = table === 'universities' ? [`  "university_id" TEXT GENERATED ALWAYS AS (id) VIRTUAL`] : [];
  return `CREATE TABLE "${table}" (
  id TEXT NOT NULL PRIMARY KEY,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT,
${[...hidden, ...own, ...computed, ...reference].join(',\n')}
) STRICT`;
}

/**
 * References are looked up among records that are not deleted. What is often empty stays out of its index: each is a page more to write.
 * What is never or seldom empty is in it whole, so that a list ordered by it need not read the records. `hidden` is in it for counting.
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

const entityTables = Object.keys(tables);
/** Tables of what may be an end of an interface, the most frequent first. */
export const endTables = [
  'teams',
  'faculty',
  'students',
  'projects',
  'universities',
  'outcomes',
  'risk_factors',
  'factor_models',
];
const isVisible = (row: string): string => `${row}.deleted_at IS NULL AND ${row}.hidden = 0`;
/** SQL that is true if a visible record has the id `end`. */
export type EndRule = (end: string) => string;

export const isEndInTables: EndRule = (end) =>
  `EXISTS (${endTables.map((table) => `SELECT 1 FROM ${table} e WHERE e.id = ${end} AND ${isVisible('e')}`).join(' UNION ALL ')})`;

/**
 * The rule of the derived cascade. A record of a deleted university is hidden, and so is an interface with an end that is deleted or hidden; a
 * row of `references` is dangling while its record is. `row` is the name of the row that the SQL is about.
 */
function ruleOf(
  table: string,
  row: string,
  isEndVisible: EndRule,
): { hidden: string | null; dangling: string | null } {
  const [field, to] = references[table] ?? [];
  const value = `${row}.payload ->> '$.${field}'`;
  const target = `t.id = ${value} AND t.deleted_at IS NULL AND t.hidden = 0`;
  const dangling = field
    ? `(${value} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${to} t WHERE ${target}))`
    : null;
  if (table === 'universities' || !entityTables.includes(table)) return { hidden: null, dangling };
  const university = `u.id = ${row}.university_id AND u.deleted_at IS NULL`;
  const hidden =
    table === 'interfaces'
      ? `NOT (${isEndVisible(`${row}.from_id`)} AND ${isEndVisible(`${row}.to_id`)})`
      : `(${row}.university_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM universities u WHERE ${university}))`;
  return { hidden, dangling };
}

/** Triggers that keep `hidden` and `dangling` of a row as the rule has them, whoever writes the row. */
export function ownTriggers(table: string, isEndVisible: EndRule): string[] {
  const rules = Object.entries(ruleOf(table, 'new', isEndVisible)).filter(([, rule]) => rule !== null);
  if (rules.length === 0) return [];
  const set = rules.map(([column, rule]) => `${column} = ${rule}`).join(', ');
  const differs = rules.map(([column, rule]) => `new.${column} <> ${rule}`).join(' OR ');
  const body = `BEGIN UPDATE ${table} SET ${set} WHERE id = new.id; END`;
  return [
    `CREATE TRIGGER ${table}_insert AFTER INSERT ON ${table} WHEN ${differs} ${body}`,
    `CREATE TRIGGER ${table}_update AFTER UPDATE OF payload, deleted_at ON ${table} WHEN ${differs} ${body}`,
  ];
}

/** Triggers that bring the change of a row's visibility to its dependants. */
export function cascadeTriggers(table: string, isEndVisible: EndRule): string[] {
  const owned = entityTables.filter((other) => other !== 'universities' && other !== 'interfaces');
  const contents = table === 'universities' ? owned : [];
  const referring = Object.entries(references).filter(([, [, to]]) => to === table);
  const gone = `(NOT (${isVisible('new')}))`;
  const statements = [
    ...contents.map(
      (other) => `UPDATE ${other} SET hidden = ${gone} WHERE university_id = new.id AND deleted_at IS NULL;`,
    ),
    ...referring.map(([other, [field]]) => {
      const value = `payload ->> '$.${field}'`;
      return `UPDATE ${other} SET dangling = ${gone} WHERE rowid IN (
    SELECT rowid FROM ${other} WHERE ${field} = new.id AND deleted_at IS NULL
    UNION ALL SELECT rowid FROM ${other} WHERE ${value} = new.id AND dangling = 1);`;
    }),
    `UPDATE interfaces SET hidden = ${ruleOf('interfaces', 'interfaces', isEndVisible).hidden} WHERE rowid IN (
    SELECT rowid FROM interfaces WHERE from_id = new.id AND deleted_at IS NULL
    UNION ALL SELECT rowid FROM interfaces WHERE to_id = new.id AND deleted_at IS NULL);`,
  ];
  const body = `BEGIN\n  ${statements.join('\n  ')}\nEND`;
  return [
    `CREATE TRIGGER ${table}_appear AFTER INSERT ON ${table} WHEN ${isVisible('new')} ${body}`,
    `CREATE TRIGGER ${table}_cascade AFTER UPDATE OF deleted_at, hidden ON ${table}
WHEN (${isVisible('old')}) <> (${isVisible('new')}) ${body}`,
  ];
}

const all = { ...tables, ...others };

/** The records with their derived cascade, what else is audited, the audit and the workspace's own facts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    ...Object.entries(all).map(([table, columns]) => createTable(table, columns)),
    ...referenceIndexes.map(([table, column, which]) => {
      const rows =
        which === 'filled' ? `deleted_at IS NULL AND "${column}" IS NOT NULL` : 'deleted_at IS NULL';
      return `CREATE INDEX "${table}_${column}" ON "${table}" ("${column}", hidden) WHERE ${rows}`;
    }),
    ...Object.entries(references).map(
      ([table, [field]]) =>
        `CREATE INDEX "${table}_dangling" ON "${table}" (payload ->> '$.${field}') WHERE dangling = 1`,
    ),
    `CREATE UNIQUE INDEX "positions_node_id" ON "positions" ("node_id")`,
    ...audit,
    ...Object.keys(all).flatMap((table) => [
      ...ownTriggers(table, isEndInTables),
      ...(endTables.includes(table) ? cascadeTriggers(table, isEndInTables) : []),
    ]),
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['workspace', 'audit_logs', 'audit_transactions', ...Object.keys(all).toReversed()])
    await sql.raw(`DROP TABLE "${table}"`).execute(db);
}
