import { clause, verbatim } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import { canBeEnd } from '#shared/domain/references.ts';
import { tablesIn } from '../../kernel/db/tables.ts';
import type { Connection, ReadHandle } from '../../kernel/db/connection.ts';
import type { CheckFinding } from '../../kernel/db/corruption-kinds.ts';
import { Problems } from './problems.ts';

export interface IntegrityReport {
  findings: CheckFinding[];
  problems: Sentence[];
}

const endVisibleSql = (endColumn: string, types: readonly EntityType[]): string =>
  `(${types
    .filter(canBeEnd)
    .map(
      (type) => `EXISTS (SELECT 1 FROM ${tableOf[type]} WHERE id = r.${endColumn} AND ${visibleCondition()})`,
    )
    .join(' OR ')})`;

/** SQL condition, over a row `r`, of the derived cascade. `types`: those with a table in this version of the schema. */
function hiddenSql(type: EntityType, types: readonly EntityType[]): string {
  if (type === 'university') return '0';
  if (type === 'interface')
    return `NOT (${endVisibleSql('from_id', types)} AND ${endVisibleSql('to_id', types)})`;
  return `(r.university_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM universities u WHERE u.id = r.university_id AND u.deleted_at IS NULL))`;
}

const references = [
  ['teams', 'project_id', `SELECT id FROM projects WHERE ${visibleCondition()}`],
  ['students', 'team_id', `SELECT id FROM teams WHERE ${visibleCondition()}`],
  ['outcomes', 'project_id', `SELECT id FROM projects WHERE ${visibleCondition()}`],
  ['profiles', 'university_id', 'SELECT id FROM universities WHERE deleted_at IS NULL'],
] as const;

/** Queries for rows, not deleted, whose stored `hidden` or `dangling` column contradicts its rule. */
const derivedQueries = (types: readonly EntityType[]): string[] => [
  ...types.map(
    (type) => `SELECT '${tableOf[type]}' AS name, r.id FROM ${tableOf[type]} r
    WHERE r.deleted_at IS NULL AND r.hidden <> (${hiddenSql(type, types)})`,
  ),
  ...references.map(
    ([table, field, targets]) => `SELECT '${table}' AS name, r.id FROM ${table} r
    WHERE r.deleted_at IS NULL AND r.dangling <> (r.payload ->> '$.${field}' IS NOT NULL
      AND r.payload ->> '$.${field}' NOT IN (${targets}))`,
  ),
];

/** SQLite's check of every page and index, foreign keys, and derived columns. */
export function integrityQueries(db: ReadHandle): string[] {
  const tables = tablesIn(db);
  const types = entityTypes.filter((type) => tables.has(tableOf[type]));
  return [
    'PRAGMA integrity_check(20)',
    'PRAGMA foreign_key_check',
    `${derivedQueries(types).join(' UNION ALL ')} LIMIT 20`,
  ];
}

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Takes the answers to `integrityQueries`, in order. */
export function buildReport([
  pageRows = [],
  foreignKeyRows = [],
  derivedRows = [],
]: readonly Rows[]): IntegrityReport {
  const problems = new Problems();
  const findings = new Set<CheckFinding>();
  const addProblem = (finding: CheckFinding, problem: Sentence): void => {
    findings.add(finding);
    problems.add(problem);
  };
  for (const { integrity_check } of pageRows) {
    if (integrity_check !== 'ok') addProblem('pages', verbatim(String(integrity_check)));
  }
  for (const { table, rowid } of foreignKeyRows) {
    addProblem('reference', clause('reference', { row: String(rowid), table: String(table) }));
  }
  for (const { name, id } of derivedRows) {
    addProblem('reference', clause('hidden', { id: String(id), table: String(name) }));
  }
  return { findings: [...findings], problems: problems.list };
}

/** Yields the number of queries done. */
export function* verifyIntegrity(db: Connection): Generator<number, IntegrityReport, void> {
  const answers: Rows[] = [];
  for (const query of integrityQueries(db)) {
    answers.push(db.raw.prepare(query).all() as Rows);
    yield answers.length;
  }
  return buildReport(answers);
}
