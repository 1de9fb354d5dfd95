import { matchesOneOf, tableFor } from './conditions.ts';
import type { Condition } from './conditions.ts';
import { propertiesOf } from './lexicon.ts';
import type { Property } from './lexicon.ts';
import type { Subject } from './question-words.ts';
import { titleColumnOf } from '../question-schema.ts';

export interface ListQuestion {
  subject: Subject;
  conditions: readonly Condition[];
  isCount: boolean;
  group: Property | null;
  requestedColumns: readonly string[];
  order: { column: string; direction: 'ASC' | 'DESC' } | null;
  limit: number | null;
}

/** The maximal number of columns besides id and name; requested columns come first. */
const maxColumns = 5;

export function writeSql(question: ListQuestion): string {
  const { subject, conditions, isCount, group, order, limit } = question;
  const table = tableFor(subject);
  const where = whereOf(conditions);
  const whereLines = where === '' ? [] : [where];
  if (group) {
    const columns = [group.idColumn, group.column].filter((column) => column !== undefined).join(', ');
    return [
      `SELECT ${columns}, count(*) AS ${table}`,
      `FROM ${table}`,
      ...whereLines,
      `GROUP BY ${columns}`,
      `ORDER BY ${table} DESC, ${group.column}`,
    ].join('\n');
  }
  if (isCount) return [`SELECT count(*) AS ${table}`, `FROM ${table}`, ...whereLines].join('\n');
  const title = subject === 'people' ? 'name' : titleColumnOf(subject);
  const orderBy = order ? `${order.column} ${order.direction} NULLS LAST, ${title}` : title;
  return [
    `SELECT ${columnsOf(question, title).join(', ')}`,
    `FROM ${table}`,
    ...whereLines,
    `ORDER BY ${orderBy}`,
    ...(limit === null ? [] : [`LIMIT ${limit}`]),
  ].join('\n');
}

function columnsOf({ subject, conditions, requestedColumns, order }: ListQuestion, title: string): string[] {
  const defaultColumns = propertiesOf(subject)
    .filter(({ kind, isLong }) => kind !== 'list' && kind !== 'boolean' && !isLong)
    .map(({ column }) => column)
    .filter((column) => !column.endsWith('_count') && !/^(from|to)_title$/.test(column) && column !== title);
  const firstColumns = [
    ...new Set([
      ...requestedColumns,
      ...(order ? [order.column] : []),
      ...conditions.flatMap(({ column }) => (column === undefined ? [] : [column])),
    ]),
  ].filter((column) => column !== title);
  const otherColumns = defaultColumns
    .filter((column) => !firstColumns.includes(column))
    .slice(0, Math.max(0, maxColumns - firstColumns.length));
  return ['id', title, ...firstColumns, ...otherColumns];
}

function whereOf(conditions: readonly Condition[]): string {
  const values = new Map<string, string[]>();
  const sqlConditions: string[] = [];
  for (const condition of conditions) {
    if ('sql' in condition) sqlConditions.push(condition.sql);
    else values.set(condition.column, [...(values.get(condition.column) ?? []), condition.value]);
  }
  const allConditions = [
    ...[...values].map(([column, texts]) => matchesOneOf(column, [...new Set(texts)])),
    ...new Set(sqlConditions),
  ];
  return allConditions.length === 0 ? '' : `WHERE ${allConditions.join('\n  AND ')}`;
}
