import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { visible } from '../../kernel/db/schema.ts';
import { mayBeEnd } from '#shared/domain/references.ts';
import { tablesIn } from '../../kernel/db/tables.ts';
import type { Connection, ReadHandle } from '../../kernel/db/connection.ts';
import type { Found } from '../../kernel/db/corruption-kinds.ts';
import { Problems } from './problems.ts';

export interface IntegrityReport {
  /** Whether pages are not as they should be, or something refers to what is not there. */
  found: Found[];
  problems: string[];
}

const visibleEnd = (end: string): string =>
  `(${entityTypes
    .filter(mayBeEnd)
    .map((type) => `EXISTS (SELECT 1 FROM ${tableOf[type]} WHERE id = r.${end} AND ${visible()})`)
    .join(' OR ')})`;

/** The rule of the derived cascade for a type, as SQL over a row `r`. */
function isHidden(type: EntityType): string {
  if (type === 'university') return '0';
  if (type === 'interface') return `NOT (${visibleEnd('from_id')} AND ${visibleEnd('to_id')})`;
  return `(r.university_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM universities u WHERE u.id = r.university_id AND u.deleted_at IS NULL))`;
}

const referring = [
  ['teams', 'project_id', `SELECT id FROM projects WHERE ${visible()}`],
  ['students', 'team_id', `SELECT id FROM teams WHERE ${visible()}`],
  ['outcomes', 'project_id', `SELECT id FROM projects WHERE ${visible()}`],
  ['profiles', 'university_id', 'SELECT id FROM universities WHERE deleted_at IS NULL'],
] as const;

/** Rows, not deleted, of which the file does not say what the rule says: whether they are hidden, or refer to what is deleted. */
const derivedIn = (tables: ReadonlySet<string>): string[] => [
  ...entityTypes
    .filter((type) => tables.has(tableOf[type]))
    .map(
      (type) => `SELECT '${tableOf[type]}' AS name, r.id FROM ${tableOf[type]} r
    WHERE r.deleted_at IS NULL AND r.hidden <> (${isHidden(type)})`,
    ),
  ...referring.map(
    ([table, field, targets]) => `SELECT '${table}' AS name, r.id FROM ${table} r
    WHERE r.deleted_at IS NULL AND r.dangling <> (r.payload ->> '$.${field}' IS NOT NULL
      AND r.payload ->> '$.${field}' NOT IN (${targets}))`,
  ),
];

/** SQLite's own check of every page and index, references between tables, and what is derived in rows against its rule. */
export const integrityQueries = (db: ReadHandle): string[] => [
  'PRAGMA integrity_check(20)',
  'PRAGMA foreign_key_check',
  `${derivedIn(tablesIn(db)).join(' UNION ALL ')} LIMIT 20`,
];

type Rows = readonly Readonly<Record<string, unknown>>[];

/** What the answers to these queries come to. */
export function integrityReport([pages = [], foreign = [], cascade = []]: readonly Rows[]): IntegrityReport {
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
  for (const { name, id } of cascade) {
    add('reference', `${String(id)} in ${String(name)} is shown or hidden against the rule`);
  }
  return { found: [...found], problems: problems.list };
}

/** Asks them one after the other. Yields how many it has asked. */
export function* verifyIntegrity(db: Connection): Generator<number, IntegrityReport, void> {
  const answers: Rows[] = [];
  for (const query of integrityQueries(db)) {
    answers.push(db.raw.prepare(query).all() as Rows);
    yield answers.length;
  }
  return integrityReport(answers);
}
