import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../db/connection.ts';

/** How many live records of a table name a record in a column. */
type Tally = readonly [key: string, table: string, column: string];

const tallies: Readonly<Partial<Record<EntityType, readonly Tally[]>>> = {
  university: [
    ['teams', 'teams', 'university_id'],
    ['faculty', 'faculty', 'university_id'],
    ['students', 'students', 'university_id'],
    ['projects', 'projects', 'university_id'],
  ],
  project: [['teams', 'teams', 'project_id']],
  team: [['students', 'students', 'team_id']],
};

/** The types that an interface may join. */
const linked: readonly EntityType[] = ['university', 'project', 'team', 'faculty', 'student', 'outcome'];

const count = (table: string, column: string): string =>
  `(SELECT count(*) FROM ${table} WHERE ${column} = value AND deleted_at IS NULL)`;

function queryOf(type: EntityType): string {
  const links = `${count('interfaces', 'from_id')} + ${count('interfaces', 'to_id')} AS links`;
  const others = (tallies[type] ?? []).map(([key, table, column]) => `${count(table, column)} AS ${key}`);
  return `SELECT value AS id, ${[links, ...others].join(', ')} FROM json_each(?)`;
}

interface Row {
  id: string;
  [tally: string]: string | number;
}

/** What hangs on each of the records: its interfaces, and for a university, project or team what belongs to it. */
export function readTallies(
  db: ReadHandle,
  type: EntityType,
  ids: readonly string[],
): Map<string, Record<string, number>> {
  if (!linked.includes(type)) return new Map();
  const rows = db.all<Row>(queryOf(type), [JSON.stringify(ids)]);
  return new Map(rows.map(({ id, ...counts }) => [id, counts as Record<string, number>]));
}
