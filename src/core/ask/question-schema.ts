import { hash } from 'node:crypto';
import { shownFieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { targetNoun } from '#shared/domain/references.ts';
import { nameField } from '#shared/domain/title.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { fieldNames } from '#shared/texts/field-names.ts';
import type { QuestionColumn, QuestionTable } from '#shared/contract/ask.ts';
import { tallyKeys } from '../model/tallies.ts';
import { stateFields } from '#shared/domain/states.ts';

/** A list of references has its own table, with a row for each reference. */
export interface JoinTable {
  table: string;
  type: EntityType;
  field: Field;
  columns: readonly [owner: string, id: string, title: string];
}

const toSqlName = (type: string): string => type.replaceAll('-', '_');

/** The columns for the id and title of a referenced record. `from` and `to` are reserved in SQL, so they are renamed. */
export function referenceColumns({ key }: Pick<Field, 'key'>): readonly [id: string, title: string] {
  return key.endsWith('_id') ? [key, key.slice(0, -'_id'.length)] : [`${key}_id`, `${key}_title`];
}

export const titleColumnOf = (type: EntityType): string => nameField(type) ?? 'title';

export const columnFields = (type: EntityType): readonly Field[] =>
  shownFieldsOf(type).filter(({ kind }) => kind !== 'json' && kind !== 'references');

function makeJoinTable(type: EntityType, field: Field): JoinTable {
  const owner = toSqlName(type);
  const target = toSqlName(field.to ?? 'any');
  // A task that refers to tasks.
  const noun = target === owner ? `other_${target}` : target;
  const table = `${owner}_${field.key.replace(/_ids$/, 's')}`;
  return { table, type, field, columns: [`${owner}_id`, `${noun}_id`, noun] };
}

export const joinTables: readonly JoinTable[] = entityTypes.flatMap((type) =>
  shownFieldsOf(type)
    .filter(({ kind }) => kind === 'references')
    .map((field) => makeJoinTable(type, field)),
);

const labelOf = (key: string): string => (fieldNames as Readonly<Record<string, string>>)[key] ?? key;

const columnTypes: Readonly<Partial<Record<Field['kind'], QuestionColumn['type']>>> = {
  number: 'REAL',
  boolean: 'INTEGER',
};

const makeColumn = (name: string, type: QuestionColumn['type'], meaning: string): QuestionColumn => ({
  name,
  type,
  meaning,
});

function fieldColumns(field: Field): QuestionColumn[] {
  const { key, kind, list, unit, to } = field;
  if (kind === 'reference') {
    const [id, title] = referenceColumns(field);
    return [
      {
        name: id,
        type: 'TEXT',
        meaning: `${labelOf(key)}: id of the ${targetNoun(to ?? 'any')}`,
        refers: to ?? 'any',
      },
      makeColumn(title, 'TEXT', `${labelOf(key)}: name of the ${targetNoun(to ?? 'any')}`),
    ];
  }
  const column = makeColumn(key, field.whole ? 'INTEGER' : (columnTypes[kind] ?? 'TEXT'), meaningOf(field));
  return [{ ...column, ...(unit && { unit }), ...(list && { values: [...vocabulary[list]] }) }];
}

function meaningOf({ key, kind }: Field): string {
  if (kind === 'boolean') return `${labelOf(key)}: 1 yes, 0 no`;
  return kind === 'date' ? `${labelOf(key)}: day as YYYY-MM-DD` : labelOf(key);
}

/** The column of a type's derived state. */
function stateColumns(type: EntityType): QuestionColumn[] {
  const state = stateFields[type];
  if (!state) return [];
  const meaning = type === 'student' ? 'Status, from the terms left' : 'State, from the days in other fields';
  return [{ ...makeColumn(state.key, 'TEXT', meaning), values: [...vocabulary[state.list]] }];
}

const derivedColumns: Readonly<Partial<Record<EntityType, readonly QuestionColumn[]>>> = {
  interface: [
    ...(['from', 'to'] as const).flatMap((end) => [
      makeColumn(`${end}_type`, 'TEXT', `Type of the record at the end "${end}"`),
      {
        ...makeColumn(`${end}_university_id`, 'TEXT', `University of the end "${end}": id`),
        refers: 'university' as const,
      },
      makeColumn(`${end}_university`, 'TEXT', `University of the end "${end}": name`),
    ]),
    makeColumn('is_cross_university', 'INTEGER', 'Across universities: 1 yes, 0 no'),
    {
      ...makeColumn(
        'documented_usual',
        'REAL',
        'Documented; if not stated, the usual share of the bond; at least 80 if a document describes the link',
      ),
      unit: 'percent',
    },
  ],
};

function describeTable(type: EntityType): QuestionTable {
  const title = titleColumnOf(type);
  return {
    name: tableOf[type],
    record: type,
    columns: [
      { ...makeColumn('id', 'TEXT', 'Id of the record'), refers: type },
      ...(title === 'title' ? [makeColumn('title', 'TEXT', 'Title of the record')] : []),
      ...columnFields(type).flatMap(fieldColumns),
      ...stateColumns(type),
      ...(derivedColumns[type] ?? []),
      ...tallyKeys(type).map((key) =>
        makeColumn(tallyColumn(key), 'INTEGER', `Number of ${labelOf(key).toLowerCase()}`),
      ),
      makeColumn('meta', 'TEXT', 'Other notes, as a JSON object'),
      makeColumn('custom', 'TEXT', "Custom fields, as a JSON object: custom ->> 'Lead email'"),
      makeColumn('created_at', 'TEXT', 'Created: time in UTC, ISO 8601'),
      makeColumn('updated_at', 'TEXT', 'Changed: time in UTC, ISO 8601'),
    ],
  };
}

export const tallyColumn = (key: string): string => `${key}_count`;

function describeJoinTable({ table, type, field, columns: [owner, id, title] }: JoinTable): QuestionTable {
  const noun = targetNoun(field.to ?? 'any');
  return {
    name: table,
    record: null,
    columns: [
      { ...makeColumn(owner, 'TEXT', `Id of the ${type}`), refers: type },
      { ...makeColumn(id, 'TEXT', `${labelOf(field.key)}: id of the ${noun}`), refers: field.to ?? 'any' },
      makeColumn(title, 'TEXT', `${labelOf(field.key)}: name of the ${noun}`),
    ],
  };
}

const peopleTable: QuestionTable = {
  name: 'people',
  record: null,
  columns: [
    { ...makeColumn('id', 'TEXT', 'Id of the student or member of faculty'), refers: 'person' },
    { ...makeColumn('type', 'TEXT', 'Type of the record'), values: ['student', 'faculty'] },
    makeColumn('name', 'TEXT', 'Name'),
    { ...makeColumn('university_id', 'TEXT', 'University: id'), refers: 'university' },
    makeColumn('university', 'TEXT', 'University: name'),
    { ...makeColumn('team_id', 'TEXT', 'Team of a student: id'), refers: 'team' },
    makeColumn('team', 'TEXT', 'Team of a student: name'),
  ],
};

/** The tables of the question database as people and models see them, derived from the declared fields. */
export const questionTables: readonly QuestionTable[] = [
  ...entityTypes.map(describeTable),
  ...joinTables.map(describeJoinTable),
  peopleTable,
];

const quoteName = (name: string): string => `"${name}"`;

export const tableStatements: readonly string[] = questionTables.map(
  ({ name, columns }) =>
    `CREATE TABLE ${quoteName(name)} (${columns
      .map(
        (column) => `${quoteName(column.name)} ${column.type}${column.name === 'id' ? ' PRIMARY KEY' : ''}`,
      )
      .join(', ')})`,
);

export const indexStatements: readonly string[] = questionTables.flatMap(({ name, columns }) =>
  columns
    .filter(({ refers, name: column }) => refers !== undefined && column !== 'id')
    .map(
      ({ name: column }) =>
        `CREATE INDEX ${quoteName(`${name}_${column}`)} ON ${quoteName(name)} (${quoteName(column)})`,
    ),
);

/** Increment this if the same records would give other values. */
const contentVersion = 1;

/** Identifies the format; files of another format are not used. */
export const questionFormat = `${contentVersion}-${hash('sha256', tableStatements.join(';')).slice(0, 8)}`;
