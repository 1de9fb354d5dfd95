import { randomUUID } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { isCustomName } from '#shared/domain/custom-fields.ts';
import { describedShare, usualShare } from '#shared/domain/interfaces.ts';
import { titlesKey } from '#shared/domain/references.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { describedIds } from '../documents/described-ids.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import type { RecordRow } from '../kernel/db/schema.ts';
import { reserveTemporaryCopy } from '../kernel/db/temporary-copy.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import { silentLog } from '../kernel/logger.ts';
import { defineTask } from '../kernel/workers/task.ts';
import { readHead } from '../log/audit/head.ts';
import { toRecords } from '../model/derived-fields.ts';
import { readPages } from '../model/read-pages.ts';
import { tallyKeys } from '../model/tallies.ts';
import { stateFields } from '#shared/domain/states.ts';
import {
  columnFields,
  indexStatements,
  tableStatements,
  joinTables,
  questionTables,
  referenceColumns,
  tallyColumn,
  titleColumnOf,
} from './question-schema.ts';

export interface QuestionBuild {
  sourceFile: string;
  /** The start of the path of the new file. The hash of the log's newest transaction is appended. */
  pathStart: string;
}

export const questionFilePath = (pathStart: string, hash: string): string =>
  `${pathStart}${hash.slice(0, 16)}`;

/** Writes the visible records of one state of the file to the question database. Returns its path; an existing file is complete. */
export const buildQuestionDatabase = defineTask(
  'buildQuestionDatabase',
  ({ sourceFile, pathStart }: QuestionBuild): string => {
    using read = openConnection(sourceFile, { mode: 'read', log: silentLog });
    read.exec('BEGIN');
    const file = questionFilePath(pathStart, readHead(read).hash);
    if (existsSync(file)) return file;
    // Written under another name, because a newer build removes files that are named like a question database.
    const temporaryFile = reserveTemporaryCopy(dirname(file), randomUUID());
    try {
      fillDatabase(temporaryFile.data, read);
      publishFile(temporaryFile.data, file);
    } finally {
      temporaryFile.remove();
    }
    return file;
  },
);

/** Renames the complete file, unless another process did so first: Windows cannot replace an open file. */
function publishFile(temporaryFile: string, file: string): void {
  try {
    renameSync(temporaryFile, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  }
}

function fillDatabase(file: string, read: ReadHandle): void {
  const db = new Database(file);
  try {
    // The file is complete or removed, so it need not survive a failure.
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.exec(`BEGIN; ${tableStatements.join(';')}`);
    const existingTables = tablesIn(read);
    for (const type of entityTypes) if (existingTables.has(tableOf[type])) copyRecords(db, read, type);
    db.exec(peopleStatement);
    db.exec(`${indexStatements.join(';')}; COMMIT; ANALYZE`);
  } finally {
    db.close();
  }
}

type Value = string | number | null;
type Row = Record<string, Value>;

function copyRecords(db: Database.Database, read: ReadHandle, type: EntityType): void {
  const describedLinks = type === 'interface' ? describedIds(read) : new Set<string>();
  const insert = createInserter(db, tableOf[type]);
  const joins = joinTables
    .filter((join) => join.type === type)
    .map((join) => ({ ...join, add: createInserter(db, join.table) }));
  const query = `SELECT rowid AS row, * FROM ${tableOf[type]} WHERE ${visibleCondition()}`;
  for (const rows of readPages<RecordRow>(read, query)) {
    for (const record of toRecords(read, type, rows)) {
      insert(rowOf(record, describedLinks));
      for (const { field, columns, add } of joins) {
        const titles = record.derived[titlesKey(field)] as readonly (string | null)[] | undefined;
        const ids = record.payload[field.key] as readonly string[] | null | undefined;
        for (const [index, title] of (titles ?? []).entries()) {
          // The referenced record is deleted or hidden.
          if (title === null) continue;
          add({ [columns[0]]: record.id, [columns[1]]: ids?.[index] ?? null, [columns[2]]: title });
        }
      }
    }
  }
}

function createInserter(db: Database.Database, table: string): (row: Row) => void {
  const { columns = [] } = questionTables.find(({ name }) => name === table) ?? {};
  const placeholders = columns.map(() => '?').join(', ');
  const statement = db.prepare(`INSERT INTO "${table}" VALUES (${placeholders})`);
  return (row) => void statement.run(columns.map(({ name }) => row[name] ?? null));
}

function rowOf(
  { id, type, title, payload, derived, created_at, updated_at }: EntityRecord,
  describedLinks: ReadonlySet<string>,
): Row {
  const row: Row = { id, created_at, updated_at, [titleColumnOf(type)]: title };
  for (const field of columnFields(type)) {
    if (field.kind === 'reference') {
      const [idColumn, titleColumn] = referenceColumns(field);
      row[idColumn] = toValue(payload[field.key]);
      row[titleColumn] = toValue(derived[titlesKey(field)]);
    } else row[field.key] = toValue(payload[field.key]);
  }
  if (type === 'team') row['size'] ??= toValue(derived['listed_size']);
  const state = stateFields[type];
  if (state) row[state.key] = toValue(derived[state.key]);
  if (type === 'interface') {
    for (const end of ['from', 'to']) {
      row[`${end}_title`] = toValue(derived[`${end}_title`]);
      row[`${end}_type`] = toValue(derived[`${end}_type`]);
      row[`${end}_university_id`] = toValue(derived[`${end}_university`]);
      row[`${end}_university`] = toValue(derived[`${end}_university_title`]);
    }
    row['is_cross_university'] = toValue(derived['is_cross_university']);
    const share = Number(payload['documented'] ?? usualShare(payload['bond_type']));
    row['documented_usual'] = Math.max(share, describedLinks.has(id) ? describedShare : 0);
  }
  for (const key of tallyKeys(type)) row[tallyColumn(key)] = toValue(derived[key]);
  row['meta'] = toValue(payload['meta']);
  const customFields = Object.entries(payload).filter(([key]) => isCustomName(type, key));
  if (customFields.length > 0) row['custom'] = JSON.stringify(Object.fromEntries(customFields));
  return row;
}

function toValue(value: Json | undefined): Value {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

const peopleStatement = `INSERT INTO people
  SELECT id, 'student', name, university_id, university, team_id, team FROM students
  UNION ALL SELECT id, 'faculty', name, university_id, university, NULL, NULL FROM faculty`;
