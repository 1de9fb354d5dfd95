import { quoteSqlText, tableFor } from './conditions.ts';
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
  /** Columns requested by name. */
  shown: readonly string[];
  order: { column: string; direction: 'ASC' | 'DESC' } | null;
  limit: number | null;
}

/** Columns of a list besides id and name; requested ones come first. */
const mostColumns = 5;

export function writeSql(question: ListQuestion): string {
  const { subject, conditions, isCount, group, order, limit } = question;
  const table = tableFor(subject);
  const where = whereOf(conditions);
  const rest = where === '' ? [] : [where];
  if (group) {
    const columns = [group.idColumn, group.column].filter((column) => column !== undefined).join(', ');
    return [
      `SELECT ${columns}, count(*) AS ${table}`,
      `FROM ${table}`,
      ...rest,
      `GROUP BY ${columns}`,
      `ORDER BY ${table} DESC, ${group.column}`,
    ].join('\n');
  }
  if (isCount) return [`SELECT count(*) AS ${table}`, `FROM ${table}`, ...rest].join('\n');
  const title = subject === 'people' ? 'name' : titleColumnOf(subject);
  const by = order ? `${order.column} ${order.direction} NULLS LAST, ${title}` : title;
  return [
    `SELECT ${columnsOf(question, title).join(', ')}`,
    `FROM ${table}`,
    ...rest,
    `ORDER BY ${by}`,
    ...(limit === null ? [] : [`LIMIT ${limit}`]),
  ].join('\n');
}

function columnsOf({ subject, conditions, shown, order }: ListQuestion, title: string): string[] {
  const usual = propertiesOf(subject)
    .filter(({ kind, isLong }) => kind !== 'list' && kind !== 'boolean' && !isLong)
    .map(({ column }) => column)
    .filter((column) => !column.endsWith('_count') && !/^(from|to)_title$/.test(column) && column !== title);
  const requested = [
    ...new Set([
      ...shown,
      ...(order ? [order.column] : []),
      ...conditions.flatMap(({ column }) => (column === undefined ? [] : [column])),
    ]),
  ].filter((column) => column !== title);
  const more = usual
    .filter((column) => !requested.includes(column))
    .slice(0, Math.max(0, mostColumns - requested.length));
  return ['id', title, ...requested, ...more];
}

function whereOf(conditions: readonly Condition[]): string {
  const values = new Map<string, string[]>();
  const others: string[] = [];
  for (const condition of conditions) {
    if ('sql' in condition) others.push(condition.sql);
    else
      values.set(condition.column, [...(values.get(condition.column) ?? []), quoteSqlText(condition.value)]);
  }
  const all = [
    ...[...values].map(([column, texts]) => oneOf(column, [...new Set(texts)])),
    ...new Set(others),
  ];
  return all.length === 0 ? '' : `WHERE ${all.join('\n  AND ')}`;
}

const oneOf = (column: string, texts: readonly string[]): string =>
  texts.length === 1 ? `${column} = ${texts[0] ?? ''}` : `${column} IN (${texts.join(', ')})`;
