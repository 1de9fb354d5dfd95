import { sql } from 'kysely';
import type { Kysely } from 'kysely';

const acting = (field: 'user' | 'sees' | 'university'): string => `(SELECT frames_acting('${field}'))`;

const seesAll = `${acting('sees')} = 'all'`;
const isPublic = (type: string): string => `${type} IN ('profile', 'university', 'view')`;
const isVisible = (type: string, universities: string): string =>
  `(${seesAll} OR ${isPublic(type)} OR ${universities} = '{}' OR ${acting('university')} = ANY (${universities}))`;
/** Stricter than visible: a visible link can lead to another university, and its title has the names of both ends. */
const isOwn = (type: string, universities: string): string =>
  `(${isPublic(type)} OR ${universities} <@ ARRAY[${acting('university')}])`;

/** Columns of the history that everybody reads: they form the chain of hashes and say nothing about records. */
const chainColumns = `id, label, actor, op_id, replica, hlc, stamp, created_at, received_at, undoes, redoes, recovers, seen_seq, seen_hash, changes,
  previous_hash, body, hash`;

const rowsOf = (operation: string): string =>
  `FROM audit_logs l WHERE l.id >= ${operation}.id AND l.id < ${operation}.id + ${operation}.changes`;
const conflictsOf = (operation: string): string =>
  `FROM jsonb_array_elements(${operation}.conflicts) WITH ORDINALITY AS c (value, number)
    LEFT JOIN record_ids r ON r.id = c.value ->> 'id'`;

/** A view reads as its owner, so each column that can name records decides for itself what the caller reads. */
const view = `CREATE VIEW readable_operations AS SELECT ${chainColumns},
  CASE WHEN ${seesAll} OR t.actor = ${acting('user')} OR ((t.changes > 0 OR t.conflicts <> '[]')
      AND NOT EXISTS (SELECT ${rowsOf('t')} AND ${isOwn('l.entity_type', 'l.universities')} IS NOT TRUE)
      AND NOT EXISTS (SELECT ${conflictsOf('t')} WHERE ${isOwn('r.type', 'r.universities')} IS NOT TRUE))
    THEN t.params ELSE '{}' END AS params,
  CASE WHEN ${seesAll} OR t.conflicts = '[]' THEN t.conflicts ELSE
    (SELECT coalesce(jsonb_agg(c.value ORDER BY c.number), '[]') ${conflictsOf('t')} WHERE ${isVisible('r.type', 'r.universities')})
  END AS conflicts,
  CASE WHEN t.actor = ${acting('user')} THEN t.content END AS content,
  t.erased IS NOT NULL AS is_erasure,
  CASE WHEN t.erased IS NOT NULL AND (${seesAll} OR EXISTS (SELECT FROM audit_logs l WHERE l.entity_id = t.erased ->> 'id'
      AND ${isVisible('l.entity_type', 'l.universities')})) THEN t.erased - 'rows' END AS erases,
  CASE WHEN t.erased IS NOT NULL THEN jsonb_build_object('mentions', t.erased -> 'mentions',
    'person', encode(sha256(convert_to(t.op_id || ' ' || (t.erased ->> 'id'), 'UTF8')), 'hex'),
    'ids', (SELECT coalesce(jsonb_agg(DISTINCT l.entity_id), '[]') FROM jsonb_object_keys(t.erased -> 'rows') AS k (id)
      JOIN audit_logs l ON l.id = k.id::bigint WHERE l.entity_id <> t.erased ->> 'id' AND ${isVisible('l.entity_type', 'l.universities')})) END AS emptying
  FROM audit_transactions t`;

/**
 * Functions that look up records whose id the caller already knows, whatever they belong to: a link has two ends, of which the caller may see one. They
 * run as the owner of the tables.
 */
const functionsIn = (schema: string): string[] => [
  `CREATE FUNCTION frames_affiliations(ids text[]) RETURNS TABLE (id text, type text, deleted boolean, universities text[])
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT r.id, r.type, r.deleted, r.universities FROM record_ids r WHERE r.id = ANY (ids);
END $$`,
  `CREATE FUNCTION frames_contents(university text) RETURNS TABLE (type text, n bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT r.type, count(*) FROM record_ids r
    WHERE r.universities @> ARRAY[university] AND NOT r.deleted AND r.id <> university GROUP BY r.type;
END $$`,
];
const newFunctions = ['frames_affiliations(text[])', 'frames_contents(text)'];
const changedFunctions = ['frames_end(text)', 'frames_visible(text, text, text)'];

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

async function schemaOf(db: Kysely<unknown>): Promise<string> {
  const { rows } = await sql<{ schema: string }>`SELECT quote_ident(current_schema()) AS schema`.execute(db);
  const [found] = rows;
  if (!found) throw new Error('the database has no schema');
  return found.schema;
}

/** The role of requests reads no id, title or value of records that its user may not see, whatever statement it runs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const schema = await schemaOf(db);
  await run(db, [
    `DROP POLICY record_ids_read ON record_ids`,
    `CREATE POLICY record_ids_read ON record_ids FOR SELECT TO frames_app USING ${isVisible('type', 'universities')}`,
    ...functionsIn(schema),
    // Policies and lists call these for links, whose other end can be hidden.
    ...changedFunctions.map(
      (name) => `ALTER FUNCTION ${name} SECURITY DEFINER SET search_path = ${schema}, pg_temp`,
    ),
    ...[...newFunctions, ...changedFunctions].flatMap((name) => [
      `REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`,
      `GRANT EXECUTE ON FUNCTION ${name} TO frames_app`,
    ]),
    view,
    `REVOKE SELECT ON audit_transactions FROM frames_app`,
    `GRANT SELECT (${chainColumns}) ON audit_transactions TO frames_app`,
    `GRANT SELECT ON readable_operations TO frames_app`,
  ]);
}

export const down = (db: Kysely<unknown>): Promise<void> =>
  run(db, [
    `DROP VIEW readable_operations`,
    `REVOKE SELECT ON audit_transactions FROM frames_app`,
    `GRANT SELECT ON audit_transactions TO frames_app`,
    ...newFunctions.map((name) => `DROP FUNCTION ${name}`),
    ...changedFunctions.flatMap((name) => [
      `ALTER FUNCTION ${name} SECURITY INVOKER RESET search_path`,
      `GRANT EXECUTE ON FUNCTION ${name} TO PUBLIC`,
      `REVOKE EXECUTE ON FUNCTION ${name} FROM frames_app`,
    ]),
    `DROP POLICY record_ids_read ON record_ids`,
    `CREATE POLICY record_ids_read ON record_ids FOR SELECT TO frames_app USING (true)`,
  ]);
