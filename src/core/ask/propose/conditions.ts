import { canTarget } from '#shared/domain/references.ts';
import { isEntityType, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { joinTables, titleColumnOf } from '../question-schema.ts';
import { propertiesOf } from './lexicon.ts';
import type { Meaning, Property } from './lexicon.ts';
import type { Subject } from './question-words.ts';

/** A condition on the rows of a list. Several values of one column are alternatives. */
export type Condition =
  | { column: string; value: string; meaning: string }
  | { sql: string; meaning: string; column?: string };

type Value = Extract<Meaning, { is: 'value' }>;
type Name = Extract<Meaning, { is: 'name' }>;

export const quoteSqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const tableFor = (subject: Subject): string => (subject === 'people' ? 'people' : tableOf[subject]);

/** Columns that list several areas of expertise in one text. */
const areaColumns: ReadonlySet<string> = new Set(['expertise_area', 'needed_expertise']);

/** The SQL condition that a column has one of the values. */
export function matchesOneOf(column: string, values: readonly string[]): string {
  if (areaColumns.has(column)) {
    // The separators of `areasOf`, without the spaces around them.
    const separated = `replace(replace(${column}, ';', ','), char(10), ',')`;
    const list = `',' || replace(replace(${separated}, ' ,', ','), ', ', ',') || ','`;
    const found = values.map((value) => `instr(lower(${list}), lower(${quoteSqlText(`,${value},`)})) > 0`);
    return found.length === 1 ? found.join('') : `(${found.join(' OR ')})`;
  }
  const texts = values.map(quoteSqlText);
  return texts.length === 1 ? `${column} = ${texts.join('')}` : `${column} IN (${texts.join(', ')})`;
}

const titleOfSubject = (subject: Subject): string => (subject === 'people' ? 'name' : titleColumnOf(subject));

const referenceTo = (subject: Subject, type: EntityType): Property | undefined =>
  propertiesOf(subject).find(({ to, idColumn }) => to === type && idColumn !== undefined);

/** The condition for a vocabulary value, on the subject or on the record that it belongs to. Null if none applies. */
export function valueCondition(subject: Subject, { type, column, value }: Value): Condition | null {
  const meaning = `${column.replaceAll('_', ' ')} is ${value}`;
  if (type === subject) return { column, value, meaning };
  const inSubquery = `IN (SELECT id FROM ${tableOf[type]} WHERE ${matchesOneOf(column, [value])})`;
  const reference = referenceTo(subject, type);
  if (reference)
    return { sql: `${reference.idColumn ?? ''} ${inSubquery}`, meaning: `${meaning}, of the ${type}` };
  if (subject === 'interface' && type !== 'contact' && type !== 'repair')
    return { sql: `(from_id ${inSubquery} OR to_id ${inSubquery})`, meaning: `${meaning}, of an end` };
  return null;
}

/** The condition for a name: of the subject, or of a record that it belongs to or refers to. Null if none applies. */
export function nameCondition(subject: Subject, { type, id, title }: Name): Condition | null {
  const text = quoteSqlText(title);
  const isPeople = subject === 'people' && (type === 'student' || type === 'faculty');
  if (type === subject || isPeople)
    return { column: titleOfSubject(subject), value: title, meaning: `name is “${title}”` };
  const reference = referenceTo(subject, type);
  if (reference)
    return { column: reference.column, value: title, meaning: `${reference.label} is “${title}”` };
  const listConditions = joinTables
    .filter((join) => join.type === subject && canTarget(join.field.to, type))
    .map(
      ({ table, columns: [owner, , name] }) =>
        `id IN (SELECT ${owner} FROM ${table} WHERE ${name} = ${text})`,
    );
  if (subject === 'interface') {
    const ends = type === 'university' ? 'from_university, to_university' : 'from_title, to_title';
    const sql = [`${text} IN (${ends})`, ...listConditions].join(' OR ');
    return { sql: listConditions.length > 0 ? `(${sql})` : sql, meaning: `involves “${title}”` };
  }
  if (listConditions.length === 0) return indirectNameCondition(subject, { is: 'name', type, id, title });
  return {
    sql: listConditions.length > 1 ? `(${listConditions.join(' OR ')})` : (listConditions[0] ?? ''),
    meaning: `involves “${title}”`,
  };
}

/** The condition for a name that a record refers to, to which the subject refers in turn. */
function indirectNameCondition(subject: Subject, { type, title }: Name): Condition | null {
  for (const { to, idColumn = '' } of propertiesOf(subject)) {
    if (to === undefined || !isEntityType(to)) continue;
    const reference = referenceTo(to, type);
    if (!reference) continue;
    const sql = `${idColumn} IN (SELECT id FROM ${tableOf[to]} WHERE ${reference.column} = ${quoteSqlText(title)})`;
    return { sql, meaning: `${reference.label} of the ${to} is “${title}”` };
  }
  return null;
}

export function presenceCondition({ column, label, kind, join }: Property, isPresent: boolean): Condition {
  const meaning = `has ${isPresent ? '' : 'no '}${label.replace('number of ', '')}`;
  if (join) {
    const [owner] = join.columns;
    return { sql: `id ${isPresent ? 'IN' : 'NOT IN'} (SELECT ${owner} FROM ${join.table})`, meaning };
  }
  if (kind === 'number')
    return { sql: isPresent ? `${column} > 0` : `coalesce(${column}, 0) = 0`, meaning, column };
  return { sql: `${column} IS ${isPresent ? 'NOT NULL' : 'NULL'}`, meaning, column };
}

/** Students without a further term, counted as in Insights. Null for subjects that do not leave. */
export function leavingCondition(subject: Subject): Condition | null {
  if (subject === 'student')
    return {
      sql: 'coalesce(active, 1) = 1 AND terms_remaining <= 1',
      meaning: 'is active and has at most one term left',
      column: 'terms_remaining',
    };
  return subject === 'team'
    ? { column: 'lifecycle', value: 'outgoing', meaning: 'lifecycle is outgoing' }
    : null;
}
