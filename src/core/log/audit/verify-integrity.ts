import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import type { Found } from '../../kernel/db/corruption-kinds.ts';
import { Problems } from './problems.ts';

export interface IntegrityReport {
  /** Whether pages are not as they should be, or something refers to what is not there. */
  found: Found[];
  problems: string[];
}

const isLive = (end: string): string =>
  `(${entityTypes.map((type) => `EXISTS (SELECT 1 FROM ${tableOf[type]} WHERE id = i.${end} AND deleted_at IS NULL)`).join(' OR ')})`;
const dangling = `SELECT id FROM interfaces i WHERE deleted_at IS NULL AND NOT (${isLive('from_id')} AND ${isLive('to_id')})`;

/** Live records whose reference names a deleted one; that it exists at all is SQLite's to check. */
const toDeleted = [
  ['projects', 'university_id', 'universities'],
  ['teams', 'university_id', 'universities'],
  ['teams', 'project_id', 'projects'],
  ['faculty', 'university_id', 'universities'],
  ['students', 'university_id', 'universities'],
  ['students', 'team_id', 'teams'],
  ['outcomes', 'university_id', 'universities'],
  ['outcomes', 'project_id', 'projects'],
  ['profiles', 'university_id', 'universities'],
].map(
  ([
    table,
    column,
    target,
  ]) => `SELECT '${table}' AS name, r.id FROM ${target} t JOIN ${table} r ON r.${column} = t.id
    WHERE t.deleted_at IS NOT NULL AND r.deleted_at IS NULL`,
);

/** Live records whose reference names a deleted one (`name` of the table, `id`), and live interfaces without one of their ends (`id`). */
export const referenceQueries = { deleted: toDeleted.join(' UNION ALL '), dangling } as const;

/** SQLite's own check of every page and index, references between tables, and both ends of every live interface. */
export const integrityQueries = [
  'PRAGMA integrity_check(20)',
  'PRAGMA foreign_key_check',
  `${referenceQueries.deleted} LIMIT 20`,
  `${dangling} LIMIT 20`,
] as const;

type Rows = readonly Readonly<Record<string, unknown>>[];

/** What the answers to these queries come to. */
export function integrityReport([
  pages = [],
  foreign = [],
  deleted = [],
  ends = [],
]: readonly Rows[]): IntegrityReport {
  const problems = new Problems();
  const found = new Set<Found>();
  const add = (what: Found, problem: string): void => {
    found.add(what);
    problems.add(problem);
  };
  for (const { integrity_check } of pages) {
    if (integrity_check !== 'ok') add('pages', String(integrity_check));
  }
  for (const { table, rowid } of foreign) {
    add('reference', `row ${String(rowid)} of ${String(table)} refers to a record that does not exist`);
  }
  for (const { name, id } of deleted) {
    add('reference', `${String(id)} in ${String(name)} refers to a record that is deleted`);
  }
  for (const { id } of ends) add('reference', `interface ${String(id)} has an end that is not there`);
  return { found: [...found], problems: problems.list };
}

/** Asks them one after the other. Yields how many it has asked. */
export function* verifyIntegrity(db: Connection): Generator<number, IntegrityReport, void> {
  const answers: Rows[] = [];
  for (const query of integrityQueries) {
    answers.push(db.raw.prepare(query).all() as Rows);
    yield answers.length;
  }
  return integrityReport(answers);
}
