import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { policiesOf, security } from './row-security.ts';

type Kind = 'text' | 'number' | 'boolean';
export type Computed = readonly [column: string, kind: Kind, field?: string];

const name: Computed = ['name', 'text'];
const university: Computed = ['university_id', 'text'];

/** The same record tables as a workspace has, with the same columns; `payload` is the whole object. */
const tables: Readonly<Record<string, readonly Computed[]>> = {
  universities: [name, ['is_lead', 'boolean'], ['active', 'boolean']],
  projects: [
    name,
    university,
    ['type', 'text'],
    ['duration_months', 'number'],
    ['is_collaborative', 'boolean'],
  ],
  teams: [
    name,
    university,
    ['project_id', 'text'],
    ['discipline', 'text'],
    ['lifecycle', 'text'],
    ['size', 'number'],
    ['experience', 'number'],
  ],
  faculty: [name, university, ['role', 'text']],
  students: [
    name,
    university,
    ['team_id', 'text'],
    ['expertise_area', 'text'],
    ['graduation_term', 'text'],
    ['terms_remaining', 'number'],
    ['is_lead', 'boolean'],
    ['active', 'boolean'],
  ],
  interfaces: [
    university,
    ['from_id', 'text', 'from'],
    ['to_id', 'text', 'to'],
    ['interface_type', 'text'],
    ['bond_type', 'text'],
    ['energy_loss', 'number'],
  ],
  outcomes: [
    university,
    ['project_id', 'text'],
    ['outcome_type', 'text'],
    ['success', 'boolean'],
    ['cohort_year', 'number'],
  ],
  risk_factors: [
    university,
    ['name', 'text', 'factor_name'],
    ['display_name', 'text'],
    ['category', 'text'],
    ['confidence_level', 'text'],
    ['active', 'boolean'],
  ],
  factor_models: [
    university,
    name,
    ['validation_status', 'text'],
    ['is_active', 'boolean'],
    ['is_baseline', 'boolean'],
  ],
  views: [name, ['owner', 'text']],
  shared_sandboxes: [name, university],
  profiles: [name, ['role', 'text'], university],
};

/** A payload may hold a value of another type under that name: the column is null then. */
const expressions: Readonly<Record<Kind, (field: string) => string>> = {
  text: (field) => `CASE WHEN jsonb_typeof(payload->'${field}') = 'string' THEN payload->>'${field}' END`,
  number: (field) =>
    `CASE WHEN jsonb_typeof(payload->'${field}') = 'number' THEN (payload->>'${field}')::double precision END`,
  boolean: (field) =>
    `CASE WHEN jsonb_typeof(payload->'${field}') = 'boolean' THEN (payload->>'${field}')::boolean END`,
};
const sqlTypes: Readonly<Record<Kind, string>> = {
  text: 'text COLLATE "C"',
  number: 'double precision',
  boolean: 'boolean',
};

export function createTable(table: string, columns: readonly Computed[]): string {
  const computed = columns.map(
    ([column, kind, field = column]) =>
      `"${column}" ${sqlTypes[kind]} GENERATED ALWAYS AS (${expressions[kind](field)}) STORED`,
  );
  const own =
    table === 'universities' ? ['university_id text COLLATE "C" GENERATED ALWAYS AS (id) STORED'] : [];
  return `CREATE TABLE "${table}" (
  id text COLLATE "C" PRIMARY KEY,
  payload jsonb NOT NULL CHECK (jsonb_typeof(payload) = 'object'),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted_at timestamptz,
  ${[...own, ...computed].join(',\n  ')}
)`;
}

const indexes = [
  ['projects', 'university_id'],
  ['teams', 'university_id'],
  ['faculty', 'university_id'],
  ['students', 'university_id'],
  ['students', 'team_id'],
  ['interfaces', 'from_id'],
  ['interfaces', 'to_id'],
  ['outcomes', 'university_id'],
] as const;

/** Of rows of `record_ids`; nothing where all are deleted or people. */
function digestOf(rows: string): string {
  return `SELECT count(*) AS count, bit_xor(fingerprint_high) AS high, bit_xor(fingerprint_low) AS low
      FROM ${rows} WHERE NOT deleted AND type <> 'profile' HAVING count(*) > 0`;
}

const history = [
  // One row: who the server is, and which history it has. A restored server draws a new generation; `lineage` has those before it, each with
  // its last number that is here and the hash there.
  `CREATE TABLE server (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  server_id text NOT NULL,
  generation text NOT NULL,
  lineage jsonb NOT NULL DEFAULT '[]',
  bootstrap_hash text,
  purged_at timestamptz,
  next_row bigint NOT NULL DEFAULT 1,
  head_seq bigint NOT NULL DEFAULT 0,
  head_hash text NOT NULL,
  created_at timestamptz NOT NULL
)`,
  // Every record whatever its type: ids are unique across types. What it belongs to, and its fingerprint for comparing.
  `CREATE TABLE record_ids (
  id text COLLATE "C" PRIMARY KEY,
  type text NOT NULL,
  deleted boolean NOT NULL,
  universities text[] NOT NULL,
  fingerprint_high bigint NOT NULL,
  fingerprint_low bigint NOT NULL
)`,
  `CREATE INDEX record_ids_universities ON record_ids USING gin (universities)`,
  // The digest of all records that are not deleted, as everybody asks for it in each round who shares everything. Triggers keep it, whoever writes: it is
  // derived, and in no backup.
  `CREATE TABLE record_digest (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  count bigint NOT NULL,
  high bigint NOT NULL,
  low bigint NOT NULL
)`,
  `INSERT INTO record_digest (count, high, low) VALUES (0, 0, 0)`,
  `CREATE FUNCTION frames_keep_digest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE record_digest d SET count = d.count - s.count, high = d.high # s.high, low = d.low # s.low FROM (${digestOf('removed')}) s;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE record_digest d SET count = d.count + s.count, high = d.high # s.high, low = d.low # s.low FROM (${digestOf('added')}) s;
  END IF;
  RETURN NULL;
END $$`,
  `CREATE TRIGGER record_ids_added AFTER INSERT ON record_ids REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION frames_keep_digest()`,
  `CREATE TRIGGER record_ids_changed AFTER UPDATE ON record_ids REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION frames_keep_digest()`,
  `CREATE TRIGGER record_ids_removed AFTER DELETE ON record_ids REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION frames_keep_digest()`,
  `CREATE TABLE audit_transactions (
  id bigint PRIMARY KEY,
  label text NOT NULL,
  params jsonb NOT NULL,
  actor text NOT NULL,
  op_id text NOT NULL UNIQUE,
  replica text NOT NULL,
  hlc text NOT NULL,
  stamp text NOT NULL,
  created_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  undoes text,
  redoes text,
  recovers text,
  seen_seq bigint,
  seen_hash text,
  changes integer NOT NULL,
  conflicts jsonb NOT NULL,
  previous_hash text NOT NULL,
  body text NOT NULL,
  hash text NOT NULL
)`,
  `CREATE INDEX audit_transactions_recovers ON audit_transactions (recovers) WHERE recovers IS NOT NULL`,
  `CREATE TABLE audit_logs (
  id bigint PRIMARY KEY,
  actor text NOT NULL,
  action text NOT NULL,
  entity_type text NOT NULL,
  entity_id text COLLATE "C" NOT NULL,
  universities text[] NOT NULL,
  payload_before jsonb,
  payload_after jsonb,
  salt text,
  digest text NOT NULL,
  created_at timestamptz NOT NULL
)`,
  `CREATE INDEX audit_logs_entity_id ON audit_logs (entity_id, id)`,
  // Parts of operations that are too large for one request, until the last has come.
  `CREATE TABLE operation_parts (
  op_id text NOT NULL,
  user_id text NOT NULL,
  part integer NOT NULL,
  count integer NOT NULL,
  rows jsonb NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (op_id, user_id, part)
)`,
];

/** What is told between nodes and is too long for a notification: see @socket.io/postgres-adapter. */
const realtime = [
  `CREATE TABLE socket_io_attachments (
  id bigserial UNIQUE,
  created_at timestamptz DEFAULT now(),
  payload bytea
)`,
];

const people = [
  `CREATE TABLE users (
  id text COLLATE "C" PRIMARY KEY,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  password_hash text,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'researcher', 'editor', 'viewer')),
  university_id text COLLATE "C",
  sees text NOT NULL CHECK (sees IN ('all', 'university')),
  scope_version integer NOT NULL DEFAULT 1,
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
)`,
  // A signed-in device. Its refresh tokens are counted: see src/server/auth/tokens.ts.
  `CREATE TABLE sessions (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users (id) DEFERRABLE,
  device text NOT NULL,
  turn integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
)`,
  `CREATE INDEX sessions_user_id ON sessions (user_id)`,
  // Who somebody is at their university’s own sign-in.
  `CREATE TABLE identities (
  issuer text NOT NULL,
  subject text NOT NULL,
  user_id text NOT NULL REFERENCES users (id) DEFERRABLE,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (issuer, subject),
  UNIQUE (issuer, user_id)
)`,
  // Sign-ins by a university that are under way: see src/server/auth/oidc/sign-ins.ts.
  `CREATE TABLE oidc_sign_ins (
  state text PRIMARY KEY,
  handle_hash text NOT NULL UNIQUE,
  nonce text NOT NULL,
  verifier text NOT NULL,
  device text NOT NULL,
  expires_at timestamptz NOT NULL,
  answered boolean NOT NULL DEFAULT false,
  user_id text,
  confirmation_hash text,
  problem text
)`,
  `CREATE TABLE auth_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  event text NOT NULL,
  user_id text,
  email text,
  address text,
  request_id text NOT NULL
)`,
  `CREATE INDEX auth_events_email ON auth_events (email, at)`,
  // Who read data about people, and what admins did with the database.
  `CREATE TABLE access_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  event text NOT NULL,
  user_id text NOT NULL,
  subject text,
  address text,
  request_id text NOT NULL
)`,
  // Of attempts to sign in, by the email that was given, whether anybody has it or not.
  `CREATE TABLE sign_in_failures (
  email text PRIMARY KEY,
  failures integer NOT NULL,
  since timestamptz NOT NULL,
  locks integer NOT NULL,
  locked_until timestamptz
)`,
  // Backups and restores: see src/server/backups/jobs.ts. `slot` is the time that a scheduled one is for, so that only one server makes it.
  `CREATE TABLE jobs (
  id text PRIMARY KEY,
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  kind text NOT NULL CHECK (kind IN ('backup', 'restore')),
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  progress double precision NOT NULL DEFAULT 0,
  problem text,
  backup text,
  slot text UNIQUE,
  created_at timestamptz NOT NULL,
  started_at timestamptz,
  ended_at timestamptz
)`,
  // As rate-limiter-flexible wants it. A crash may forget it.
  `CREATE UNLOGGED TABLE rate_limits (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    ...Object.entries(tables).map(([table, columns]) => createTable(table, columns)),
    ...Object.keys(tables).map(
      (table) => `CREATE INDEX "${table}_payload" ON "${table}" USING gin (payload jsonb_path_ops)`,
    ),
    ...indexes.map(([table, column]) => `CREATE INDEX "${table}_${column}" ON "${table}" ("${column}")`),
    ...history,
    ...people,
    ...realtime,
    ...security,
    ...Object.keys(tables).flatMap(policiesOf),
    `GRANT SELECT, INSERT, UPDATE ON record_ids TO frames_app`,
    `GRANT SELECT, UPDATE ON record_digest TO frames_app`,
    `ALTER TABLE audit_logs ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY audit_logs_read ON audit_logs FOR SELECT TO frames_app
  USING (entity_type IN ('profile', 'university', 'view') OR frames_sees(universities))`,
    `CREATE POLICY audit_logs_insert ON audit_logs FOR INSERT TO frames_app WITH CHECK (true)`,
    `GRANT SELECT, INSERT ON audit_transactions, audit_logs TO frames_app`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON operation_parts TO frames_app`,
    `GRANT SELECT, UPDATE ON server TO frames_app`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const all = [
    ...Object.keys(tables),
    'rate_limits',
    'jobs',
    'sign_in_failures',
    'access_events',
    'socket_io_attachments',
    'auth_events',
    'oidc_sign_ins',
    'identities',
    'sessions',
    'users',
    'operation_parts',
    'audit_logs',
    'audit_transactions',
    'record_ids',
    'record_digest',
    'server',
  ];
  for (const table of all) await sql.raw(`DROP TABLE "${table}"`).execute(db);
  for (const name of [
    'frames_keep_digest()',
    'frames_all()',
    'frames_own(text)',
    'frames_sees(text[])',
    'frames_end(text)',
    'frames_visible(text, text, text)',
  ])
    await sql.raw(`DROP FUNCTION ${name}`).execute(db);
}
