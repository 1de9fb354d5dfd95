import { foldText } from '#shared/domain/fold.ts';
import type { Filter, Sort } from '#shared/contract/entities.ts';
import { isDay } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { mayBeEnd } from '#shared/domain/references.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Parameter } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { comparedAs, dayExpression, ownExpression, searchedExpression } from './custom-fields.ts';
import { tallyExpression } from './tallies.ts';
import { joinTitles } from './titles.ts';
import { invalidFault } from './validate.ts';

const columnOf: Readonly<Partial<Record<EntityType, Readonly<Record<string, string>>>>> = {
  interface: { from: 'from_id', to: 'to_id' },
  'risk-factor': { factor_name: 'name' },
};

const computed: Readonly<Record<EntityType, readonly string[]>> = {
  university: ['name', 'is_lead', 'active'],
  project: ['name', 'university_id', 'type', 'duration_months', 'is_collaborative'],
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
  interface: ['from_id', 'to_id', 'interface_type', 'bond_type', 'energy_loss'],
  outcome: ['university_id', 'project_id', 'outcome_type', 'success', 'cohort_year'],
  'risk-factor': ['name', 'display_name', 'category', 'confidence_level', 'active'],
  'factor-model': ['name', 'validation_status', 'is_active', 'is_baseline'],
  contact: ['university_id', 'date', 'kind'],
  repair: ['university_id', 'name', 'due_on', 'done_on', 'question'],
  document: ['university_id', 'name'],
  comment: ['university_id', 'record_id', 'resolved'],
};

const ownColumns: ReadonlySet<string> = new Set([
  'id',
  'created_at',
  'updated_at',
  'deleted_at',
  'university_id',
]);

/** The SQL that reads a field of a row `r`. Throws INVALID with the field's name if the type does not have it. */
export function fieldExpression(type: EntityType, field: string): string {
  if (ownColumns.has(field)) return `r.${field}`;
  if (type === 'student' && field === 'status') {
    return `CASE WHEN r.terms_remaining >= 4 THEN 'incoming' WHEN r.terms_remaining >= 2 THEN 'established'
      WHEN r.terms_remaining IS NOT NULL THEN 'outgoing' END`;
  }
  const column = columnOf[type]?.[field] ?? field;
  if (computed[type].includes(column)) return `r.${column}`;
  // Empty lists read as null, and so do values that are no list, such as an older custom field of the same name.
  if (fieldOf(type, field)?.kind === 'references')
    return `CASE json_type(r.payload, '$.${field}') WHEN 'array' THEN nullif(r.payload -> '$.${field}', '[]') END`;
  if (field === 'imported_values' || fieldOf(type, field)) return `(r.payload ->> '$.${field}')`;
  const other = tallyExpression(type, field) ?? ownExpression(type, field);
  if (other !== null) return other;
  throw invalidFault([
    { path: field, code: 'unknown_field', message: `a ${type} has no field of this name` },
  ]);
}

export function listedFields(type: EntityType): readonly string[] {
  return computed[type];
}

interface SortTerm {
  expression: string;
  reference: boolean;
  text: boolean;
  /** Whether records may lack it: null and empty text come last in both directions. */
  optional: boolean;
  /** For a custom field: the SQL that tells whether its value is a day. Days come first in both directions. */
  day: string | null;
}

export function sortTerm(type: EntityType, field: string): SortTerm {
  const known = fieldOf(type, field) ?? (field === 'university_id' ? { kind: 'reference' } : undefined);
  const reference = known?.kind === 'reference' && !(type === 'interface' && field === 'university_id');
  const expression = fieldExpression(type, field);
  return {
    expression,
    reference,
    text: reference || known?.kind === 'text' || ownExpression(type, field) !== null,
    // A name is required.
    optional: expression !== 'r.name',
    day: dayExpression(type, field),
  };
}

/** Whether it may hold empty text. Otherwise SQLite can read an index in order. */
function mayBeText(type: EntityType, field: string): boolean {
  return fieldOf(type, field)?.kind !== 'number' && !ownColumns.has(field);
}

/** The SQL that sorts rows `r`: references by title, text by `sortKey`, days first, empty values last. */
export function orderExpression(
  type: EntityType,
  sorts: readonly Sort[],
  /** False for a custom field that holds no day: testing each row would add half of the time. */
  mayHoldDays: (field: string) => boolean = () => true,
): string {
  const terms = sorts.map(({ field, direction }) => {
    const { expression, reference, text, optional, day } = sortTerm(type, field);
    const named = reference ? `title_of(${expression})` : expression;
    const value = optional && (reference || mayBeText(type, field)) ? `nullif(${named}, '')` : named;
    const sorted = text ? `sort_key(${value})` : value;
    const way = direction === 'desc' ? 'DESC' : optional ? 'ASC NULLS LAST' : 'ASC';
    return `${day === null || !mayHoldDays(field) ? '' : `${day} DESC, `}${sorted} ${way}`;
  });
  // Ties follow the direction of the last term, so that an index can be read from either end.
  return [...terms, sorts.at(-1)?.direction === 'desc' ? 'r.rowid DESC' : 'r.rowid'].join(', ');
}

interface Condition {
  sql: string;
  parameters: Parameter[];
}

/** The value of a filter as compared with the field; undefined if nothing can be compared with it. */
export function boundValue(value: unknown, field: string): string | number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return comparedAs(field, value);
  return typeof value === 'number' ? value : undefined;
}

function bind(value: Json | undefined, field: string): Parameter {
  const parameter = boundValue(value, field);
  if (parameter !== undefined) return parameter;
  throw invalidFault([
    { path: field, code: 'filter_value', message: 'needs text, a number or yes/no to compare with' },
  ]);
}

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

function contains(expression: string, text: string): Condition {
  // Folded first: folding can turn another character into a wildcard.
  const pattern = `%${escapeLike(foldText(text))}%`;
  return { sql: `fold(${expression}) LIKE ? ESCAPE '\\'`, parameters: [pattern] };
}

/** Ids of records of the given types whose title contains the folded word; null if there are too many to list. */
export type Matching = (types: ReadonlySet<EntityType>, word: string) => string[] | null;

const ends = new Set(entityTypes.filter(mayBeEnd));

/** The folded text between the two ends in the title of an interface. */
export const betweenEnds = foldText(joinTitles('', ''));

/** The title of a row `r` contains the word: few matches are listed by id, many are tested one by one. */
function titleHas(type: EntityType, word: string, matching: Matching): Condition {
  const folded = foldText(word);
  if (type === 'interface' && betweenEnds.includes(folded)) return { sql: '1', parameters: [] };
  const ids = matching(type === 'interface' ? ends : new Set([type]), folded);
  if (ids) {
    const listed = '(SELECT value FROM json_each(?))';
    const list = JSON.stringify(ids);
    if (type !== 'interface') return { sql: `r.id IN ${listed}`, parameters: [list] };
    return { sql: `(r.from_id IN ${listed} OR r.to_id IN ${listed})`, parameters: [list, list] };
  }
  const parameters = [folded];
  if (type === 'interface') return { sql: 'link_title_has(r.from_id, r.to_id, ?)', parameters };
  return { sql: 'title_has(r.id, ?)', parameters };
}

/** Whether the SQL uses the name index, which must be refreshed first. */
export function usesNames(sql: string): boolean {
  return /\b(?:title_of|title_has|link_title_has)\(/.test(sql);
}

/** Filters "since" and "until" match days only, although other texts have a place in the order too. */
export function comparesDays({ op, value }: Pick<Filter, 'op' | 'value'>): boolean {
  return (op === 'gte' || op === 'lte') && typeof value === 'string' && isDay(value);
}

function toCondition(type: EntityType, { field, op, value }: Filter): Condition {
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
      ? (value as Json[]).map((one) => bind(one, field))
      : [bind(value, field)];
    return { sql: `${expression} IN (${values.map(() => '?').join(', ') || 'NULL'})`, parameters: values };
  }
  if (op === 'contains') {
    const known = fieldOf(type, field);
    const target =
      known?.kind === 'reference' ? `title_of(${expression})` : searchedExpression(type, field, expression);
    if (known?.kind === 'references') {
      const { sql, parameters } = contains('title_of(j.value)', String(bind(value, field)));
      return { sql: `EXISTS (SELECT 1 FROM json_each(${expression}) j WHERE ${sql})`, parameters };
    }
    // Parts of a text match as written: 0.10 is no part of 0.11, although the number 0.1 would be.
    return contains(target, typeof value === 'string' ? value : String(bind(value, field)));
  }
  if (value === null) return { sql: `${expression} IS ${op === 'is_not' ? 'NOT ' : ''}NULL`, parameters: [] };
  const sign = { is: 'IS', is_not: 'IS NOT', gte: '>=', lte: '<=' }[op];
  const parameter = bind(value, field);
  const day = comparesDays({ op, value }) ? dayExpression(type, field) : null;
  if (day !== null) return { sql: `(${day} AND ${expression} ${sign} ?)`, parameters: [parameter] };
  if ((op === 'gte' || op === 'lte') && ownNameOf(field) !== null) {
    // Texts and numbers do not compare with each other.
    const alike = `(typeof(${expression}) = 'text') = ${typeof parameter === 'string' ? 1 : 0}`;
    return { sql: `(${alike} AND ${expression} ${sign} ?)`, parameters: [parameter] };
  }
  return { sql: `${expression} ${sign} ?`, parameters: [parameter] };
}

/** The WHERE clause of a list: filters, words in the title, and live or deleted records. */
export function whereExpression(
  type: EntityType,
  query: { filters: readonly Filter[]; search: string; deleted: 'without' | 'only' | 'with' },
  matching: Matching,
): Condition {
  const conditions = query.filters.map((filter) => toCondition(type, filter));
  for (const word of query.search.split(/\s+/).filter(Boolean))
    conditions.push(titleHas(type, word, matching));
  if (query.deleted === 'without') conditions.unshift({ sql: visibleCondition('r'), parameters: [] });
  if (query.deleted === 'only') conditions.unshift({ sql: 'r.deleted_at IS NOT NULL', parameters: [] });
  return {
    sql: conditions.map((condition) => condition.sql).join(' AND ') || '1',
    parameters: conditions.flatMap((condition) => condition.parameters),
  };
}
