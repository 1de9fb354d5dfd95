import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Log } from '../kernel/logger.ts';

/** Increment this if the same records would be indexed differently; an index of another version is rebuilt. */
const indexVersion = 5;

/**
 * `titles` and `bodies` find words by their beginning, `letters` any three letters in a row. They hold folded texts for matching; the texts
 * themselves are in `passages`. Titles have their own table, because FTS5 reads a word's whole row list to find the rows of one column.
 * `earlier` has former values of fields, found by beginnings of words. `vectors` has a vector for the key of each embedded text, so that
 * vectors survive a rebuild of the passages; ids are never reused, so that new rows have larger ids. Deleted text is overwritten, so that
 * an erased name does not stay in the file.
 */
const schema = `
  CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), head INTEGER NOT NULL, hash TEXT NOT NULL, last_row INTEGER NOT NULL);
  CREATE TABLE passages (id INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL, type TEXT NOT NULL, university TEXT, changed TEXT NOT NULL,
    field TEXT NOT NULL, page INTEGER, is_title INTEGER NOT NULL, text TEXT NOT NULL, text_key BLOB);
  CREATE INDEX passages_record ON passages (record);
  CREATE INDEX passages_text ON passages (text_key) WHERE text_key IS NOT NULL;
  CREATE TABLE meaning (id INTEGER PRIMARY KEY CHECK (id = 1), model TEXT NOT NULL, is_trained INTEGER NOT NULL);
  CREATE TABLE vectors (id INTEGER PRIMARY KEY AUTOINCREMENT, text_key BLOB NOT NULL UNIQUE, scale REAL NOT NULL, vector BLOB NOT NULL);
  CREATE VIRTUAL TABLE titles USING fts5(text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
  CREATE VIRTUAL TABLE bodies USING fts5(text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
  CREATE VIRTUAL TABLE letters USING fts5(text, content = '', contentless_delete = 1, tokenize = 'trigram');
  CREATE TABLE earlier (id INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL, type TEXT NOT NULL, field TEXT NOT NULL, text TEXT NOT NULL, until TEXT NOT NULL);
  CREATE INDEX earlier_record ON earlier (record);
  CREATE VIRTUAL TABLE earlier_words USING fts5(text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
  CREATE VIRTUAL TABLE title_words USING fts5vocab(titles, row);
  CREATE VIRTUAL TABLE body_words USING fts5vocab(bodies, row);
  CREATE VIEW vocabulary AS SELECT term, doc FROM title_words UNION ALL SELECT term, doc FROM body_words;
  ${['titles', 'bodies', 'letters', 'earlier_words'].map((table) => `INSERT INTO ${table} (${table}, rank) VALUES ('secure-delete', 1);`).join('\n')}
  PRAGMA user_version = ${indexVersion};`;

/** How long to wait for another process that writes the index. */
const busyTimeoutMs = 40;

/** The index of live is a file. Indexes of sandboxes and points in time are in memory, because these are open only for a while. */
const fileOf = ({ target, folder }: WorkspaceFiles): string | null =>
  target.kind === 'live' ? join(folder, 'search.sqlite') : null;

const fileSuffixes = ['', '-wal', '-shm', '-journal'];

/** Throws the system's error, such as EBUSY. */
export function removeIndexFile(files: WorkspaceFiles): void {
  const file = fileOf(files);
  if (file !== null) for (const suffix of fileSuffixes) rmSync(`${file}${suffix}`, { force: true });
}

/** Bytes of the index with its WAL; null if in memory. */
export function indexBytes(files: WorkspaceFiles): number | null {
  const file = fileOf(files);
  if (file === null) return null;
  return fileSuffixes.reduce(
    (sum, suffix) => sum + (statSync(`${file}${suffix}`, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

/** Opens the index. Replaces an unreadable file or one of another version by an empty one. Without write access the index is in memory. */
export function openIndex(files: WorkspaceFiles, log: Log): Connection {
  const file = fileOf(files);
  if (file !== null) {
    for (const attempt of ['open', 'replace'] as const) {
      try {
        if (attempt === 'replace') removeIndexFile(files);
        return openAt(file, log);
      } catch (error) {
        log.warn({ error: String(error), attempt }, 'search index could not be opened');
      }
    }
  }
  return openAt(':memory:', log);
}

function openAt(file: string, log: Log): Connection {
  const db = openConnection(file, { mode: 'write', log, slowMs: 1000, fileMustExist: false });
  try {
    db.pragma('journal_mode = WAL');
    // The index can be rebuilt, so it need not survive a power failure.
    db.pragma('synchronous = OFF');
    db.pragma('secure_delete = ON');
    const fileVersion = db.pragma('user_version');
    if (fileVersion === 0) db.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
    else if (fileVersion !== indexVersion)
      throw new Error(`the search index has version ${String(fileVersion)}`);
    db.get('SELECT head FROM state');
    // Short, because waiting for the lock blocks every other call.
    db.pragma(`busy_timeout = ${busyTimeoutMs}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
