import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';

type Tally = readonly [key: string, type: EntityType, column: string];

const talliesByType: Readonly<Partial<Record<EntityType, readonly Tally[]>>> = {
  university: [
    ['teams', 'team', 'university_id'],
    ['faculty', 'faculty', 'university_id'],
    ['students', 'student', 'university_id'],
    ['projects', 'project', 'university_id'],
    ['outcomes', 'outcome', 'university_id'],
  ],
  project: [
    ['teams', 'team', 'project_id'],
    ['outcomes', 'outcome', 'project_id'],
  ],
  team: [['students', 'student', 'team_id']],
};

/** The types that an interface can join. */
const linkableTypes: readonly EntityType[] = [
  'university',
  'project',
  'organisation',
  'team',
  'faculty',
  'student',
  'outcome',
];

const endSources = [
  ['interface', 'from_id'],
  ['interface', 'to_id'],
] as const;

export const tallyKeys = (type: EntityType): readonly string[] =>
  linkableTypes.includes(type) ? ['links', ...(talliesByType[type] ?? []).map(([key]) => key)] : [];

/** The sources of a tally: it counts visible records of these types that refer to the record in these columns. Null if there is none. */
export function tallySources(
  type: EntityType,
  key: string,
): readonly (readonly [type: EntityType, column: string])[] | null {
  if (key === 'links') return linkableTypes.includes(type) ? endSources : null;
  const tally = talliesByType[type]?.find(([name]) => name === key);
  return tally ? [[tally[1], tally[2]]] : null;
}

const countSql = (type: EntityType, column: string, id = 'value'): string =>
  `(SELECT count(*) FROM ${tableOf[type]} WHERE ${column} = ${id} AND ${visibleCondition()})`;

/** The SQL of a tally of a row `r`; null if the type has no such tally. */
export function tallyExpression(type: EntityType, key: string): string | null {
  const sources = tallySources(type, key);
  return (
    sources && `(${sources.map(([sourceType, column]) => countSql(sourceType, column, 'r.id')).join(' + ')})`
  );
}

function tallyQuery(type: EntityType): string {
  const links = `${endSources.map(([sourceType, column]) => countSql(sourceType, column)).join(' + ')} AS links`;
  const otherColumns = (talliesByType[type] ?? []).map(
    ([key, sourceType, column]) => `${countSql(sourceType, column)} AS ${key}`,
  );
  return `SELECT value AS id, ${[links, ...otherColumns].join(', ')} FROM json_each(?)`;
}

interface Row {
  id: string;
  [tally: string]: string | number;
}

/** The tallies of each record: its interfaces, and for universities, projects and teams their records. */
export function readTallies(
  db: ReadHandle,
  type: EntityType,
  ids: readonly string[],
): Map<string, Record<string, number>> {
  if (!linkableTypes.includes(type)) return new Map();
  const rows = db.all<Row>(tallyQuery(type), [JSON.stringify(ids)]);
  return new Map(rows.map(({ id, ...counts }) => [id, counts as Record<string, number>]));
}
