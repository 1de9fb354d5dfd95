const setting = (key: string): string => `current_setting('frames.${key}', true)`;

/**
 * The permissions of the domain a second time, for a role that does not own the tables: whoever gets past the server's own checks meets these.
 * The server says in each transaction for whom it writes.
 */
export const security = [
  `DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'frames_app') THEN CREATE ROLE frames_app NOLOGIN; END IF;
END $$`,
  `DO $$ BEGIN EXECUTE format('GRANT frames_app TO %I', current_user); END $$`,
  `CREATE FUNCTION frames_all() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT ${setting('role')} IN ('admin', 'researcher') $$`,
  `CREATE FUNCTION frames_own(university text) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT coalesce(${setting('role')} = 'editor' AND university <> '' AND university = ${setting('university')}, false) $$`,
  `CREATE FUNCTION frames_sees(belongs text[]) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT ${setting('sees')} = 'all' OR belongs = '{}' OR ${setting('university')} = ANY (belongs) $$`,
  `CREATE FUNCTION frames_end(record text) RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT CASE WHEN type = 'interface' THEN NULL ELSE universities[1] END FROM record_ids WHERE id = record $$`,
  // The derived cascade: neither deleted nor of a deleted university; an interface has the universities of its ends, which must be there, too.
  `CREATE FUNCTION frames_visible(record text, from_end text, to_end text) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT NOT deleted
    AND NOT EXISTS (SELECT 1 FROM record_ids u WHERE u.id = ANY (r.universities) AND u.deleted)
    AND (r.type <> 'interface' OR (SELECT count(*) = 2 FROM record_ids e WHERE e.id IN (from_end, to_end) AND NOT e.deleted))
    FROM record_ids r WHERE r.id = record $$`,
];

/** Who may write a row of the table: by what it was (USING) and by what it becomes (WITH CHECK). */
const policies: Readonly<Record<string, { row: string; kept?: string }>> = {
  universities: { row: 'frames_own(id)', kept: 'deleted_at IS NULL' },
  projects: { row: 'frames_own(university_id) AND is_collaborative IS NOT TRUE' },
  teams: { row: 'frames_own(university_id)' },
  faculty: { row: 'frames_own(university_id)' },
  students: { row: 'frames_own(university_id)' },
  interfaces: { row: '(frames_own(frames_end(from_id)) OR frames_own(frames_end(to_id)))' },
  outcomes: { row: 'frames_own(university_id)' },
  risk_factors: { row: 'frames_own(university_id)' },
  factor_models: { row: 'frames_own(university_id)' },
  shared_sandboxes: { row: 'frames_own(university_id)' },
  views: { row: `(${setting('role')} = 'editor' AND owner = ${setting('user')})` },
};

/** The owner is held by row security too; what belongs to no user's request is done by it under this policy. */
export const ownerPolicy = (table: string): string =>
  `DO $$ BEGIN EXECUTE format('CREATE POLICY ${table}_owner ON ${table} TO %I USING (true) WITH CHECK (true)', current_user); END $$`;

/** The policies of a table of records, and what the role may do there. */
export function policiesOf(table: string): string[] {
  const { row, kept } = policies[table] ?? { row: 'false' };
  const may = kept ? `(frames_all() OR (${row} AND ${kept}))` : `(frames_all() OR ${row})`;
  const sees =
    table === 'views' || table === 'profiles' || table === 'universities'
      ? 'true'
      : // Asked once, before what each row belongs to is looked up: most people see everything.
        `((SELECT ${setting('sees')}) = 'all' OR frames_sees((SELECT r.universities FROM record_ids r WHERE r.id = ${table}.id)))`;
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY ${table}_read ON ${table} FOR SELECT TO frames_app USING (${sees})`,
    ...(table === 'profiles'
      ? []
      : [
          `CREATE POLICY ${table}_insert ON ${table} FOR INSERT TO frames_app WITH CHECK (${table === 'universities' ? 'frames_all()' : may})`,
          `CREATE POLICY ${table}_update ON ${table} FOR UPDATE TO frames_app USING (${may}) WITH CHECK (${may})`,
        ]),
    ownerPolicy(table),
    `GRANT SELECT, INSERT, UPDATE ON ${table} TO frames_app`,
  ];
}
