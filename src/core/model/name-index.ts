import { foldText } from '#shared/domain/fold.ts';
import { linkTitle } from '#shared/domain/title.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { newestLogRow, readHead } from '../log/audit/head.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { changedRecords } from './changed-records.ts';
import { readNames, teamColumn, titleColumn } from './names.ts';
import { searchNames } from './name-search.ts';
import type { IndexedName, NameQuery } from './name-search.ts';

type NameRow = [
  row: number,
  id: string,
  title: string,
  university_id: string | null,
  team_id: string | null,
  deleted: 0 | 1,
];

/** With more changes than this since the last refresh, reading everything again is cheaper. */
const maxChanges = 5000;

const maxMatches = 4000;

/** Types with a title of their own. The title of an interface consists of the titles of its ends. */
const namedTypes = entityTypes.filter((type) => type !== 'interface');
const namesQuery = (type: EntityType): string =>
  `SELECT rowid, id, coalesce(${titleColumn(type)}, ''), university_id, ${teamColumn(type)}, NOT (${visibleCondition()}) FROM ${tableOf[type]}
    WHERE rowid > ? ORDER BY rowid LIMIT ?`;
const namesPerStep = 3000;

/** The titles of all records in memory, some 200 bytes each. Follows the log: call `refresh` before use. */
export class NameIndex {
  readonly #db: Connection;
  readonly #names = new Map<string, IndexedName>();
  #headId = -1;
  #lastLogRow = 0;

  constructor(db: Connection) {
    this.#db = db;
    db.raw.function('title_of', (id: unknown) => (typeof id === 'string' ? this.title(id) : null));
    db.raw.function('link_title_has', (from: unknown, to: unknown, word: unknown) =>
      Number(this.#foldedLinkTitle(linkTitle(String(from), String(to)), from, to).includes(String(word))),
    );
    db.raw.function('title_has', (id: unknown, word: unknown) => {
      return Number(this.#names.get(String(id))?.foldedTitle.includes(String(word)) ?? false);
    });
  }

  refresh(): void {
    const headId = readHead(this.#db).id;
    if (headId === this.#headId) return;
    const lastLogRow = newestLogRow(this.#db);
    const changedIds = this.#headId < 0 ? null : this.#changedIds(this.#db);
    if (changedIds === null) {
      this.#names.clear();
      for (const _ of this.#readAll()) continue;
    } else for (const [id, name] of readNames(this.#db, changedIds)) this.#put({ ...name, id });
    this.#headId = headId;
    this.#lastLogRow = lastLogRow;
  }

  /** Does the work of `refresh` some names at a step, unless the names have been read already. Yields the number read. */
  *readAhead(): Generator<number, void, void> {
    if (this.#headId >= 0) return;
    // Read before the names, so that the next refresh takes the changes made meanwhile from the log.
    const [headId, lastLogRow] = [readHead(this.#db).id, newestLogRow(this.#db)];
    for (const done of this.#readAll()) {
      yield done;
      if (this.#headId >= 0) return;
    }
    this.#headId = headId;
    this.#lastLogRow = lastLogRow;
  }

  #changedIds(db: ReadHandle): string[] | null {
    return changedRecords(db, namedTypes, this.#lastLogRow, maxChanges);
  }

  *#readAll(): Generator<number, void, void> {
    let done = 0;
    for (const type of namedTypes) {
      const statement = this.#db.raw.prepare(namesQuery(type)).raw(true);
      for (let lastRowid: number | undefined = Number.MIN_SAFE_INTEGER; lastRowid !== undefined;) {
        const rows = statement.all(lastRowid, namesPerStep) as NameRow[];
        for (const [, id, title, university_id, team_id, deleted] of rows) {
          this.#put({ id, type, title, university_id, team_id, deleted: deleted === 1 });
        }
        lastRowid = rows.length === namesPerStep ? rows.at(-1)?.[0] : undefined;
        yield (done += rows.length);
      }
    }
  }

  #put(name: Omit<IndexedName, 'foldedTitle'>): void {
    this.#names.set(name.id, { ...name, foldedTitle: foldText(name.title) });
  }

  #foldedLinkTitle(fallback: string, from: unknown, to: unknown): string {
    const ends = [this.#names.get(String(from)), this.#names.get(String(to))];
    return ends[0] && ends[1] ? linkTitle(ends[0].foldedTitle, ends[1].foldedTitle) : fallback;
  }

  /** The folded title of a record; undefined if the id is unknown. */
  foldedTitle(id: string): string | undefined {
    return this.#names.get(id)?.foldedTitle;
  }

  /** Like `readNames` from memory; null while the names have not been read. */
  cachedNames(ids: Iterable<string>): Map<string, IndexedName> | null {
    if (this.#headId < 0) return null;
    this.refresh();
    const names = new Map<string, IndexedName>();
    for (const id of ids) {
      const name = this.#names.get(id);
      if (name) names.set(id, name);
    }
    return names;
  }

  title(id: string): string | null {
    return this.#names.get(id)?.title ?? null;
  }

  /** The record with this id, also a deleted or hidden one. */
  find(id: string): IndexedName | undefined {
    return this.#names.get(id);
  }

  visibleNames(types: ReadonlySet<EntityType>): IndexedName[] {
    const names: IndexedName[] = [];
    for (const name of this.#names.values()) if (types.has(name.type) && !name.deleted) names.push(name);
    return names;
  }

  /** Ids of records of the types, deleted ones too, whose title contains the folded word; null if there are very many. */
  matchingIds(types: ReadonlySet<EntityType>, word: string): string[] | null {
    this.refresh();
    const ids: string[] = [];
    for (const { id, type, foldedTitle } of this.#names.values()) {
      if (!types.has(type) || !foldedTitle.includes(word)) continue;
      ids.push(id);
      if (ids.length > maxMatches) return null;
    }
    return ids;
  }

  /** Records of the types by title, as in `searchNames`. */
  search(query: NameQuery): IndexedName[] {
    return searchNames({ names: this.#names.values(), foldedTitle: (id) => this.foldedTitle(id) }, query);
  }
}
