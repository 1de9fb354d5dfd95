import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { readHead } from '../audit/head.ts';
import { fold } from '../db/connection.ts';
import type { Connection, ReadHandle } from '../db/connection.ts';
import { readNames, titleColumn } from './names.ts';
import { joinTitles } from './titles.ts';

export interface IndexedName {
  id: string;
  type: EntityType;
  title: string;
  /** The title for comparing without regard to case or accents. */
  folded: string;
  university_id: string | null;
  deleted: boolean;
}

type NameRow = [id: string, title: string, university_id: string | null, deleted: 0 | 1];

/** With more changes than this since the last look, reading everything anew is cheaper. */
const mostChanges = 5000;

/** A list of more ids than this is no faster than asking record by record. */
const mostListed = 4000;

/** The types that have a title of their own; an interface's is made of those of its ends. */
const named = entityTypes.filter((type) => type !== 'interface');
const changedSince = `SELECT DISTINCT entity_id FROM audit_logs WHERE id > ? AND entity_type <> 'interface' LIMIT ?`;

/**
 * The titles of all records in memory (some 200 bytes each), for what SQL is slow at: searching them, and ordering interfaces by
 * the names of their ends. It is read from the file when first asked for and follows the log from there; `refresh` before use.
 */
export class NameIndex {
  readonly #db: Connection;
  readonly #names = new Map<string, IndexedName>();
  #position = -1;
  #lastRow = 0;

  constructor(db: Connection) {
    this.#db = db;
    db.raw.function('title_of', (id: unknown) => (typeof id === 'string' ? this.title(id) : null));
    db.raw.function('link_title_has', (from: unknown, to: unknown, word: unknown) =>
      Number(this.#folded(joinTitles(String(from), String(to)), from, to).includes(String(word))),
    );
    db.raw.function('title_has', (id: unknown, word: unknown) => {
      return Number(this.#names.get(String(id))?.folded.includes(String(word)) ?? false);
    });
  }

  /** Brings the index up to the newest commit. */
  refresh(): void {
    const head = readHead(this.#db).id;
    if (head === this.#position) return;
    const last = this.#db.get<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM audit_logs')?.id ?? 0;
    const changed = this.#position < 0 ? null : this.#changes(this.#db);
    if (changed === null) this.#readAll();
    else for (const [id, name] of readNames(this.#db, changed)) this.#put({ ...name, id });
    this.#position = head;
    this.#lastRow = last;
  }

  #changes(db: ReadHandle): string[] | null {
    const ids = db.column<string>(changedSince, [this.#lastRow, mostChanges]);
    return ids.length < mostChanges ? ids : null;
  }

  #readAll(): void {
    this.#names.clear();
    for (const type of named) {
      const query = `SELECT id, coalesce(${titleColumn(type)}, ''), university_id, deleted_at IS NOT NULL FROM ${tableOf[type]}`;
      for (const [id, title, university_id, deleted] of this.#db.raw
        .prepare(query)
        .raw(true)
        .iterate() as IterableIterator<NameRow>) {
        this.#put({ id, type, title, university_id, deleted: deleted === 1 });
      }
    }
  }

  #put(name: Omit<IndexedName, 'folded'>): void {
    this.#names.set(name.id, { ...name, folded: fold(name.title) ?? '' });
  }

  #folded(fallback: string, from: unknown, to: unknown): string {
    const ends = [this.#names.get(String(from)), this.#names.get(String(to))];
    return ends[0] && ends[1] ? joinTitles(ends[0].folded, ends[1].folded) : fallback;
  }

  title(id: string): string | null {
    return this.#names.get(id)?.title ?? null;
  }

  /** The ids of records of the types, live or deleted, whose title contains the folded word; null when there are very many. */
  matching(types: ReadonlySet<EntityType>, word: string): string[] | null {
    this.refresh();
    const ids: string[] = [];
    for (const { id, type, folded } of this.#names.values()) {
      if (!types.has(type) || !folded.includes(word)) continue;
      ids.push(id);
      if (ids.length > mostListed) return null;
    }
    return ids;
  }

  /** Live records (or deleted ones) of the types whose title contains the text: those that begin with it first, then by title. */
  search(types: ReadonlySet<EntityType>, text: string, limit: number, deleted = false): IndexedName[] {
    if (limit <= 0) return [];
    const word = fold(text) ?? '';
    const begins: IndexedName[] = [];
    const contains: IndexedName[] = [];
    for (const name of this.#names.values()) {
      if (name.deleted !== deleted || !types.has(name.type)) continue;
      const at = name.folded.indexOf(word);
      if (at === 0) begins.push(name);
      else if (at > 0) contains.push(name);
    }
    const order = (a: IndexedName, b: IndexedName): number =>
      a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : a.id < b.id ? -1 : 1;
    const first = begins.sort(order).slice(0, limit);
    return first.length === limit
      ? first
      : [...first, ...contains.sort(order).slice(0, limit - first.length)];
  }
}
