import { issueOf } from '#shared/texts/issues.ts';
import { foldText } from '#shared/domain/fold.ts';
import type { Filter, Sort } from '#shared/contract/entities.ts';
import { isDay } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { customNameOf } from '#shared/domain/custom-fields.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { canBeEnd } from '#shared/domain/references.ts';
import { endingEvidence, stateFields } from '#shared/domain/states.ts';
import { linkTitle } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Parameter } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { comparableValue, dayExpression, customExpression, searchExpression } from './custom-fields.ts';
import { tallyExpression } from './tallies.ts';
import { invalidFault } from './validate.ts';

const columnByField: Readonly<Partial<Record<EntityType, Readonly<Record<string, string>>>>> = {
  interface: { from: 'from_id', to: 'to_id' },
  'risk-factor': { factor_name: 'name' },
};

const computedColumns: Readonly<Record<EntityType, readonly string[]>> = {
  university: ['name', 'is_lead', 'active'],
  project: ['name', 'university_id', 'type', 'duration_months', 'is_collaborative'],
  organisation: ['name', 'university_id', 'kind'],
  team: ['name', 'university_id', 'project_id', 'discipline', 'lifecycle', 'size', 'experience'],
  faculty: ['name', 'university_id', 'role'],
  student: [
    'name',
    'university_id',
    'team_id',
    'expertise_area',
    'graduation_term',
    'terms_remaining',
    'is_lead',
    'active',
  ],
  repository: ['university_id', 'name', 'project_id'],
  interface: ['from_id', 'to_id', 'interface_type', 'bond_type', 'energy_loss'],
  outcome: ['university_id', 'project_id', 'outcome_type', 'success', 'cohort_year'],
  'risk-factor': ['name', 'display_name', 'category', 'confidence_level', 'active'],
  'factor-model': ['name', 'validation_status', 'is_active', 'is_baseline'],
  contact: ['university_id', 'date', 'kind'],
  repair: ['university_id', 'name', 'due_on', 'done_on', 'question'],
  task: ['university_id', 'name', 'repair_id', 'due_on', 'done_on'],
  document: ['university_id', 'name'],
  comment: ['university_id', 'record_id', 'resolved'],
};

const baseColumns: ReadonlySet<string> = new Set([
  'id',
  'created_at',
  'updated_at',
  'deleted_at',
  'university_id',
]);

/** SQL that counts the students of a team who have not left. */
export const listedStudents = (team: string): string =>
  `SELECT count(*) FROM students s WHERE s.team_id = ${team} AND s.active IS NOT 0 AND ${visibleCondition('s')}`;

/** Whether the field is the size of a team: its listed students if none is stated. */
export const isListedSize = (type: EntityType, field: string): boolean => type === 'team' && field === 'size';

const isSet = (field: string): string => `coalesce(r.payload ->> '$.${field}', '') <> ''`;
const hasEvidence = (condition: string): string =>
  `EXISTS (SELECT 1 FROM json_each(r.payload, '$.evidence') e WHERE coalesce(e.value ->> '$.dismissed', 0) = 0${condition})`;
const endsTask = ` AND e.value ->> '$.kind' IN (${endingEvidence.map((kind) => `'${kind}'`).join(', ')})`;

/** The states of `stateFields`. */
const stateSql: Readonly<Partial<Record<EntityType, string>>> = {
  student: `CASE WHEN r.terms_remaining >= 4 THEN 'incoming' WHEN r.terms_remaining >= 2 THEN 'established'
      WHEN r.terms_remaining IS NOT NULL THEN 'outgoing' END`,
  repair: `CASE WHEN ${isSet('checked_on')} THEN 'checked' WHEN ${isSet('done_on')} THEN 'done' WHEN ${isSet('approved_on')} THEN 'approved' ELSE 'proposed' END`,
  task: `CASE WHEN ${isSet('dropped_on')} THEN 'dropped' WHEN ${isSet('done_on')} OR ${hasEvidence(endsTask)} THEN 'done'
      WHEN ${isSet('started_on')} OR ${hasEvidence('')} THEN 'started' ELSE 'planned' END`,
};

/** The SQL that reads a field of a row `r`. Throws INVALID with the field's name if the type does not have it. */
export function fieldExpression(type: EntityType, field: string): string {
  if (baseColumns.has(field)) return `r.${field}`;
  if (field === stateFields[type]?.key) return stateSql[type] ?? 'NULL';
  if (isListedSize(type, field)) return `coalesce(r.size, nullif((${listedStudents('r.id')}), 0))`;
  if (type === 'document' && field === 'file') return `(r.payload ->> '$.file.name')`;
  const column = columnByField[type]?.[field] ?? field;
  if (computedColumns[type].includes(column)) return `r.${column}`;
  // Empty lists read as null. Values that are not lists, such as an older custom field of the same name, read as null too.
  if (fieldOf(type, field)?.kind === 'references')
    return `CASE json_type(r.payload, '$.${field}') WHEN 'array' THEN nullif(r.payload -> '$.${field}', '[]') END`;
  if (field === 'imported_values' || fieldOf(type, field)) return `(r.payload ->> '$.${field}')`;
  const otherSql = tallyExpression(type, field) ?? customExpression(type, field);
  if (otherSql !== null) return otherSql;
  throw invalidFault([issueOf(field, 'unknown_field')]);
}

export function computedColumnsOf(type: EntityType): readonly string[] {
  return computedColumns[type];
}

interface SortTerm {
  expression: string;
  isReference: boolean;
  isText: boolean;
  /** Whether a record can lack the value: null and empty text come last in both directions. */
  isOptional: boolean;
  /** For a custom field: the SQL that tells whether its value is a day. Days come first in both directions. */
  daySql: string | null;
}

export function sortTerm(type: EntityType, field: string): SortTerm {
  const declaredField =
    fieldOf(type, field) ?? (field === 'university_id' ? { kind: 'reference' } : undefined);
  const isReference =
    declaredField?.kind === 'reference' && !(type === 'interface' && field === 'university_id');
  const expression = fieldExpression(type, field);
  return {
    expression,
    isReference,
    isText: isReference || declaredField?.kind === 'text' || customExpression(type, field) !== null,
    // A name is required.
    isOptional: expression !== 'r.name',
    daySql: dayExpression(type, field),
  };
}

/** Whether the field can hold empty text. If not, SQLite can read an index in order. */
function canBeEmptyText(type: EntityType, field: string): boolean {
  return fieldOf(type, field)?.kind !== 'number' && !baseColumns.has(field);
}

/** The SQL that sorts rows `r`: references by title, text by `sortKey`, days first, empty values last. */
export function orderExpression(
  type: EntityType,
  sorts: readonly Sort[],
  /** False for a custom field that holds no day: testing each row would add half of the time. */
  canHoldDays: (field: string) => boolean = () => true,
): string {
  const terms = sorts.map(({ field, direction }) => {
    const { expression, isReference, isText, isOptional, daySql } = sortTerm(type, field);
    const titleOrValue = isReference ? `title_of(${expression})` : expression;
    const value =
      isOptional && (isReference || canBeEmptyText(type, field))
        ? `nullif(${titleOrValue}, '')`
        : titleOrValue;
    const sortKeySql = isText ? `sort_key(${value})` : value;
    const ascendingSql = isOptional ? 'ASC NULLS LAST' : 'ASC';
    const directionSql = direction === 'desc' ? 'DESC' : ascendingSql;
    return `${daySql === null || !canHoldDays(field) ? '' : `${daySql} DESC, `}${sortKeySql} ${directionSql}`;
  });
  // Ties follow the direction of the last term, so that an index can be read from either end.
  return [...terms, sorts.at(-1)?.direction === 'desc' ? 'r.rowid DESC' : 'r.rowid'].join(', ');
}

interface SqlCondition {
  sql: string;
  parameters: Parameter[];
}

/** The value of a filter as compared with the field; undefined if nothing can be compared with it. */
export function filterOperand(value: unknown, field: string): string | number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return comparableValue(field, value);
  return typeof value === 'number' ? value : undefined;
}

function toParameter(value: Json | undefined, field: string): Parameter {
  const parameter = filterOperand(value, field);
  if (parameter !== undefined) return parameter;
  throw invalidFault([issueOf(field, 'filter_value')]);
}

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, (wildcard) => `\\${wildcard}`);

function containsCondition(expression: string, text: string): SqlCondition {
  // Folded first: folding can turn another character into a wildcard.
  const pattern = `%${escapeLike(foldText(text))}%`;
  return { sql: `fold(${expression}) LIKE ? ESCAPE '\\'`, parameters: [pattern] };
}

/** Ids of records of the given types whose title contains the folded word; null if there are too many to list. */
export type FindByTitle = (types: ReadonlySet<EntityType>, word: string) => string[] | null;

const endTypes = new Set(entityTypes.filter(canBeEnd));

/** The folded text between the two ends in the title of an interface. */
export const foldedSeparator = foldText(linkTitle('', ''));

/** The condition that the title of a row `r` contains the word. Few matches are listed by id; with many, each row is tested. */
function titleCondition(type: EntityType, word: string, findByTitle: FindByTitle): SqlCondition {
  const folded = foldText(word);
  if (type === 'interface' && foldedSeparator.includes(folded)) return { sql: '1', parameters: [] };
  const ids = findByTitle(type === 'interface' ? endTypes : new Set([type]), folded);
  if (ids) {
    const inList = '(SELECT value FROM json_each(?))';
    const list = JSON.stringify(ids);
    if (type !== 'interface') return { sql: `r.id IN ${inList}`, parameters: [list] };
    return { sql: `(r.from_id IN ${inList} OR r.to_id IN ${inList})`, parameters: [list, list] };
  }
  const parameters = [folded];
  if (type === 'interface') return { sql: 'link_title_has(r.from_id, r.to_id, ?)', parameters };
  return { sql: 'title_has(r.id, ?)', parameters };
}

/** Whether the SQL uses the name index, which must be refreshed first. */
export function usesNameIndex(sql: string): boolean {
  return /\b(?:title_of|title_has|link_title_has)\(/.test(sql);
}

/** Whether a filter compares days: "since" and "until" a day match days only, although other texts sort before or after it too. */
export function comparesDays({ op, value }: Pick<Filter, 'op' | 'value'>): boolean {
  return (op === 'gte' || op === 'lte') && typeof value === 'string' && isDay(value);
}

function toCondition(type: EntityType, { field, op, value }: Filter): SqlCondition {
  if (op === 'not_gte') {
    const { sql, parameters } = toCondition(type, { field, op: 'gte', value });
    return { sql: `NOT coalesce(${sql}, 0)`, parameters };
  }
  const expression = fieldExpression(type, field);
  if (op === 'empty') return { sql: `(${expression} IS NULL OR ${expression} = '')`, parameters: [] };
  if (op === 'not_empty')
    return { sql: `(${expression} IS NOT NULL AND ${expression} <> '')`, parameters: [] };
  if (op === 'in') {
    const values = Array.isArray(value)
      ? (value as Json[]).map((item) => toParameter(item, field))
      : [toParameter(value, field)];
    return { sql: `${expression} IN (${values.map(() => '?').join(', ') || 'NULL'})`, parameters: values };
  }
  if (op === 'contains') {
    const declaredField = fieldOf(type, field);
    const textSql =
      declaredField?.kind === 'reference'
        ? `title_of(${expression})`
        : searchExpression(type, field, expression);
    if (declaredField?.kind === 'references') {
      const { sql, parameters } = containsCondition('title_of(j.value)', String(toParameter(value, field)));
      return { sql: `EXISTS (SELECT 1 FROM json_each(${expression}) j WHERE ${sql})`, parameters };
    }
    // Parts of a text match as written: 0.10 is no part of 0.11, although the number 0.1 would be.
    return containsCondition(textSql, typeof value === 'string' ? value : String(toParameter(value, field)));
  }
  if (value === null) return { sql: `${expression} IS ${op === 'is_not' ? 'NOT ' : ''}NULL`, parameters: [] };
  const operator = { is: 'IS', is_not: 'IS NOT', gte: '>=', lte: '<=' }[op];
  const parameter = toParameter(value, field);
  const daySql = comparesDays({ op, value }) ? dayExpression(type, field) : null;
  if (daySql !== null) return { sql: `(${daySql} AND ${expression} ${operator} ?)`, parameters: [parameter] };
  if ((op === 'gte' || op === 'lte') && customNameOf(field) !== null) {
    // Texts and numbers do not compare with each other.
    const isSameKindSql = `(typeof(${expression}) = 'text') = ${typeof parameter === 'string' ? 1 : 0}`;
    return { sql: `(${isSameKindSql} AND ${expression} ${operator} ?)`, parameters: [parameter] };
  }
  return { sql: `${expression} ${operator} ?`, parameters: [parameter] };
}

/** The WHERE clause of a list: filters, words in the title, and visible or deleted records. */
export function whereExpression(
  type: EntityType,
  query: { filters: readonly Filter[]; search: string; deleted: 'without' | 'only' | 'with' },
  findByTitle: FindByTitle,
): SqlCondition {
  const conditions = query.filters.map((filter) => toCondition(type, filter));
  for (const word of query.search.split(/\s+/).filter(Boolean))
    conditions.push(titleCondition(type, word, findByTitle));
  if (query.deleted === 'without') conditions.unshift({ sql: visibleCondition('r'), parameters: [] });
  if (query.deleted === 'only') conditions.unshift({ sql: 'r.deleted_at IS NOT NULL', parameters: [] });
  return {
    sql: conditions.map((condition) => condition.sql).join(' AND ') || '1',
    parameters: conditions.flatMap((condition) => condition.parameters),
  };
}
