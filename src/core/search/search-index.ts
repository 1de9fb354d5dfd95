import { foldText } from '#shared/domain/fold.ts';
import type { IndexStatus } from '#shared/contract/search.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isBusy } from '../kernel/db/begin-immediate.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import type { Log } from '../kernel/logger.ts';
import { newestLogRow, readHead } from '../log/audit/head.ts';
import { changedRecords } from '../model/changed-records.ts';
import { readPages } from '../model/read-pages.ts';
import type { Services } from '../model/services.ts';
import { indexBytes, openIndex, removeIndexFile } from './index-file.ts';
import { embeddableText, textKey } from './meaning/embeddable.ts';
import { universityOf } from './hit-record.ts';
import { passagesOf } from './passages.ts';
import type { Passage } from './passages.ts';
import { fieldTexts } from '#shared/domain/field-texts.ts';

/** The maximal numbers for one record: log rows read, values indexed, and characters of each value. */
const [maxRows, maxValues, maxCharacters] = [100, 20, 2000];

const changesQuery = `SELECT payload_before AS before, created_at FROM audit_logs
  WHERE entity_id = ? AND action = 'update' AND payload_before IS NOT NULL ORDER BY id DESC LIMIT ${maxRows}`;
const addEarlierSql =
  'INSERT INTO earlier (record, type, field, text, until) VALUES (?, ?, ?, ?, ?) RETURNING id';

const removeEarlierStatements = [
  'DELETE FROM earlier_words WHERE rowid IN (SELECT id FROM earlier WHERE record = ?)',
  'DELETE FROM earlier WHERE record = ?',
];

/** Indexes former texts of a record's fields, newest first, without the current texts. */
function addEarlierTexts(
  db: Connection,
  read: ReadHandle,
  { id, type, current }: { id: string; type: EntityType; current: readonly Passage[] },
): void {
  const key = (field: string, text: string): string => `${field}\n${text}`;
  const seenKeys = new Set(current.map(({ field, text }) => key(field, text.slice(0, maxCharacters))));
  let remaining = maxValues;
  for (const { before, created_at } of read.all<{ before: string; created_at: string }>(changesQuery, [id]))
    for (const { field, text } of fieldTexts(type, JSON.parse(before) as JsonObject)) {
      const start = text.slice(0, maxCharacters).toWellFormed();
      if (remaining === 0 || seenKeys.has(key(field, start))) continue;
      seenKeys.add(key(field, start));
      remaining -= 1;
      const row = db.get<{ id: number }>(addEarlierSql, [id, type, field, start, created_at]);
      db.write.run('INSERT INTO earlier_words (rowid, text) VALUES (?, ?)', [
        row?.id ?? 0,
        indexedText(start),
      ]);
    }
}

/** The folded text; words with an apostrophe are also found without it: "O'Hara" by "ohara". */
function indexedText(text: string): string {
  const folded = foldText(text);
  const joined = [...folded.matchAll(/\p{L}+(?:'\p{L}+)+/gu)].map(([word]) => word.replaceAll("'", ''));
  return [folded, ...joined].join(' ');
}

/** With more changes than this, rebuilding the index is cheaper. */
const maxChanges = 5000;
const recordsPerYield = 50;

interface IndexState {
  head: number;
  hash: string;
  last_row: number;
}

interface Row {
  id: string;
  payload: string;
  university_id: string | null;
  updated_at: string;
}

const fullTextTables = ['titles', 'bodies', 'letters'] as const;
const removeStatements = [
  ...fullTextTables.map(
    (table) => `DELETE FROM ${table} WHERE rowid IN (SELECT id FROM passages WHERE record = ?)`,
  ),
  'DELETE FROM passages WHERE record = ?',
  ...removeEarlierStatements,
];
const keyQuery = 'SELECT text_key FROM passages WHERE record = ? AND text_key IS NOT NULL';
const removeUnusedSql =
  'DELETE FROM vectors WHERE text_key = :key AND NOT EXISTS (SELECT 1 FROM passages WHERE passages.text_key = :key)';
const addPassageSql = `INSERT INTO passages (record, type, university, changed, field, page, is_title, text, text_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`;
const addToSql = (table: (typeof fullTextTables)[number]): string =>
  `INSERT INTO ${table} (rowid, text) VALUES (?, ?)`;
const setStateSql = `INSERT INTO state (id, head, hash, last_row) VALUES (1, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET head = excluded.head, hash = excluded.hash, last_row = excluded.last_row`;

/** The full-text index of one workspace, sandbox or point in time. Derived: it can always be rebuilt. */
export class SearchIndex {
  readonly #files: WorkspaceFiles;
  readonly #read: Connection;
  readonly #log: Log;
  #db: Connection | null = null;
  /** The running update. Each caller of `catchUp` advances it. */
  #updating: Generator<number, void, void> | null = null;
  /** False if the last update failed because another process was writing the index. */
  isComplete = true;

  constructor({ files, read, log }: Pick<Services, 'files' | 'read' | 'log'>) {
    this.#files = files;
    this.#read = read;
    this.#log = log;
  }

  /** The connection to the index. Call `catchUp` first to include every commit. */
  get db(): Connection {
    return (this.#db ??= openIndex(this.#files, this.#log));
  }

  /** Updates the index to the newest commit. Yields the number of records done. Several callers can advance the update at once. */
  *catchUp(): Generator<number, void, void> {
    while (this.#updating || this.#isBehind()) {
      this.#updating ??= this.#runInTransaction(this.#update());
      let next: IteratorResult<number, void>;
      try {
        next = this.#updating.next();
      } catch (error) {
        this.#updating = null;
        if (!isBusy(error)) throw error;
        this.isComplete = false;
        return;
      }
      if (next.done === true) this.#updating = null;
      else yield next.value;
    }
    this.isComplete = true;
  }

  /** Indexes unchanged records again, because the texts of their files are now available. */
  *reindex(ids: readonly string[]): Generator<number, void, void> {
    yield* this.catchUp();
    yield* this.#runInTransaction(this.#replaceRecords(ids));
  }

  /** Makes the next `catchUp` rebuild the passages. */
  expire(): void {
    this.#updating?.return();
    this.#updating = null;
    try {
      this.db.exec('DELETE FROM state');
    } catch (error) {
      this.#log.warn({ error: String(error) }, 'search index could not be written');
      this.clear();
    }
  }

  /** Empties the index; the next `catchUp` rebuilds it. `keepsModel` keeps the entry of a trained model, so that it is trained again. */
  clear({ keepsModel = false } = {}): void {
    const model = keepsModel
      ? this.db.get<{ model: string; is_trained: number }>('SELECT model, is_trained FROM meaning')
      : undefined;
    this.close();
    try {
      removeIndexFile(this.#files);
    } catch (error) {
      // Another process has the file open on a system that cannot delete open files.
      this.#log.warn({ error: String(error) }, 'search index could not be deleted');
      this.db.raw.transaction(() => this.#clearTables()).immediate();
      this.db.exec('DELETE FROM vectors; DELETE FROM meaning; VACUUM');
    }
    if (model)
      this.db.write.run('INSERT INTO meaning (id, model, is_trained) VALUES (1, ?, ?)', [
        model.model,
        model.is_trained,
      ]);
  }

  status(): Omit<IndexStatus, 'meaning'> {
    const state = this.#readState();
    const { db } = this;
    const counts = db.get<{ records: number; passages: number }>(
      'SELECT count(DISTINCT record) AS records, count(*) AS passages FROM passages',
    );
    const behind =
      state &&
      this.#read.get<{ behind: number }>('SELECT count(*) AS behind FROM audit_transactions WHERE id > ?', [
        state.head,
      ])?.behind;
    return {
      records: state ? (counts?.records ?? 0) : null,
      passages: counts?.passages ?? 0,
      bytes: indexBytes(this.#files),
      behind: behind ?? null,
    };
  }

  close(): void {
    this.#updating?.return();
    this.#updating = null;
    this.#db?.close();
    this.#db = null;
  }

  /** The log position of the index; null if the log does not contain it, as after a restore, or if the index is empty. */
  #readState(): IndexState | null {
    const state = this.db.get<IndexState>('SELECT head, hash, last_row FROM state');
    if (!state) return null;
    if (state.head === 0) return state;
    const transaction = this.#read.get<{ hash: string }>('SELECT hash FROM audit_transactions WHERE id = ?', [
      state.head,
    ]);
    return transaction?.hash === state.hash ? state : null;
  }

  #isBehind(): boolean {
    const state = this.#readState();
    return state === null || state.head !== readHead(this.#read).id;
  }

  /** Runs `work` in a transaction, which is rolled back if the work throws or is ended early. */
  *#runInTransaction(work: Generator<number, void, void>): Generator<number, void, void> {
    this.db.exec('BEGIN IMMEDIATE');
    let isDone = false;
    try {
      yield* work;
      this.db.exec('COMMIT');
      isDone = true;
    } finally {
      if (!isDone && this.#db?.raw.inTransaction === true) this.#db.exec('ROLLBACK');
    }
  }

  *#update(): Generator<number, void, void> {
    const state = this.#readState();
    const head = readHead(this.#read);
    const lastRow = newestLogRow(this.#read);
    const changedIds = state && changedRecords(this.#read, entityTypes, state.last_row, maxChanges);
    if (changedIds) yield* this.#replaceRecords(changedIds);
    else yield* this.#rebuild();
    this.db.write.run(setStateSql, [head.id, head.hash, lastRow]);
  }

  *#rebuild(): Generator<number, void, void> {
    this.#clearTables();
    let done = 0;
    const existingTables = tablesIn(this.#read);
    for (const type of entityTypes) {
      if (!existingTables.has(tableOf[type])) continue;
      const query = `SELECT rowid AS row, id, payload, university_id, updated_at FROM ${tableOf[type]} WHERE ${visibleCondition()}`;
      for (const rows of readPages<Row>(this.#read, query))
        for (const row of rows) {
          this.#addRecord(type, row);
          if (++done % recordsPerYield === 0) yield done;
        }
    }
  }

  *#replaceRecords(ids: readonly string[]): Generator<number, void, void> {
    for (const [done, id] of ids.entries()) {
      const keys = this.db.column<Buffer>(keyQuery, [id]);
      for (const statement of removeStatements) this.db.write.run(statement, [id]);
      for (const type of entityTypes) {
        const row = this.#read.get<Row>(
          `SELECT id, payload, university_id, updated_at FROM ${tableOf[type]} WHERE id = ? AND ${visibleCondition()}`,
          [id],
        );
        if (row) this.#addRecord(type, row);
      }
      for (const key of keys) this.db.write.run(removeUnusedSql, { key });
      if (done % recordsPerYield === 0) yield done;
    }
  }

  #addRecord(type: EntityType, { id, payload: json, university_id, updated_at }: Row): void {
    const payload = JSON.parse(json) as JsonObject;
    const passages = passagesOf(this.#files, type, payload);
    const university = universityOf(this.#read, type, { payload, university_id });
    addEarlierTexts(this.db, this.#read, { id, type, current: passages });
    for (const passage of passages) {
      const { field, page, text, isTitle } = passage;
      const textToEmbed = embeddableText(type, passage);
      const key = textToEmbed === null ? null : textKey(textToEmbed);
      const values = [id, type, university, updated_at, field, page, Number(isTitle), text, key];
      const rowid = this.db.get<{ id: number }>(addPassageSql, values)?.id ?? 0;
      const folded = indexedText(text);
      for (const table of [isTitle ? 'titles' : 'bodies', 'letters'] as const)
        this.db.write.run(addToSql(table), [rowid, folded]);
    }
  }

  #clearTables(): void {
    this.db.exec('DELETE FROM state; DELETE FROM passages; DELETE FROM earlier;');
    for (const table of [...fullTextTables, 'earlier_words'])
      this.db.exec(`INSERT INTO ${table} (${table}) VALUES ('delete-all')`);
  }
}

const createSlot = (): { index?: SearchIndex } => ({});

export function searchIndex(services: Pick<Services, 'singletons' | 'files' | 'read' | 'log'>): SearchIndex {
  const slot = services.singletons.get(createSlot);
  return (slot.index ??= new SearchIndex(services));
}
