import { visibleCondition } from '../kernel/db/schema.ts';
import { readHead } from '../log/audit/head.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { changedRecords } from '../model/changed-records.ts';
import type { Services } from '../model/services.ts';

/** A live interface of the network. */
export interface Link {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly bond: string | null;
  /** Per cent, 0 to 100. */
  readonly loss: number | null;
  /** Documented share in per cent; null unless given. */
  readonly documented: number | null;
  /** Ids of the bearers; empty if all members of its ends carry it. */
  readonly bearers: readonly string[];
  readonly importance: string | null;
}

type Row = [id: string, payload: string];

/** With more changes than this since the last refresh, reading everything again is cheaper. */
const mostChanges = 5000;

const live = `SELECT id, payload FROM interfaces WHERE ${visibleCondition()}`;
const paged = `SELECT rowid AS row, id, payload FROM interfaces WHERE rowid > ? AND ${visibleCondition()} ORDER BY rowid LIMIT ?`;
const slice = 2000;
const some = `${live} AND id IN (SELECT value FROM json_each(?))`;
const noLinks: ReadonlySet<Link> = new Set();
const noIds: readonly string[] = [];

/** The ids of a stored list; empty for anything else. */
export const idsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) && value.length > 0
    ? value.filter((id): id is string => typeof id === 'string')
    : noIds;

/** The live interfaces in memory (some 300 bytes each): SQL is fifty times slower. Call `refresh` before use. */
export class LinkIndex {
  readonly #db: Connection;
  readonly #links = new Map<string, Link>();
  readonly #at = new Map<string, Set<Link>>();
  #position = -1;
  #lastRow = 0;

  constructor(db: Connection) {
    this.#db = db;
  }

  refresh(): void {
    const head = readHead(this.#db).id;
    if (head === this.#position) return;
    const last = this.#newestRow();
    const changed = this.#position < 0 ? null : this.#changed();
    if (changed === null) this.#readAll();
    else this.#readSome(changed);
    this.#position = head;
    this.#lastRow = last;
  }

  /** Does the work of `refresh` some rows at a step, unless it has been read already. */
  *readAhead(): Generator<void, void, void> {
    const head = readHead(this.#db).id;
    const last = this.#newestRow();
    for (let [after, count] = [0, slice]; this.#position < 0 && count === slice;) {
      const rows = this.#db.all<{ row: number; id: string; payload: string }>(paged, [after, slice]);
      for (const { id, payload } of rows) this.#put(id, payload);
      after = rows.at(-1)?.row ?? 0;
      count = rows.length;
      if (count < slice) [this.#position, this.#lastRow] = [head, last];
      yield;
    }
  }

  #newestRow(): number {
    return this.#db.get<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM audit_logs')?.id ?? 0;
  }

  #changed(): string[] | null {
    return changedRecords(this.#db, ['interface'], this.#lastRow, mostChanges);
  }

  #readAll(): void {
    this.#links.clear();
    this.#at.clear();
    this.#take(live, []);
  }

  #readSome(ids: readonly string[]): void {
    for (const id of ids) this.#drop(id);
    if (ids.length > 0) this.#take(some, [JSON.stringify(ids)]);
  }

  #take(query: string, parameters: string[]): void {
    const rows = this.#db.raw
      .prepare(query)
      .raw(true)
      .iterate(...parameters);
    for (const [id, payload] of rows as IterableIterator<Row>) this.#put(id, payload);
  }

  #put(id: string, text: string): void {
    const payload = JSON.parse(text) as Record<string, unknown>;
    const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
    const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
    const link: Link = {
      id,
      from: String(payload['from']),
      to: String(payload['to']),
      bond: textOf(payload['bond_type']),
      loss: numberOf(payload['energy_loss']),
      documented: numberOf(payload['documented']),
      bearers: idsOf(payload['bearers']),
      importance: textOf(payload['importance']),
    };
    // Two callers may read ahead at once.
    this.#drop(id);
    this.#links.set(id, link);
    for (const end of [link.from, link.to]) {
      const at = this.#at.get(end);
      if (at) at.add(link);
      else this.#at.set(end, new Set([link]));
    }
  }

  #drop(id: string): void {
    const link = this.#links.get(id);
    if (!link) return;
    this.#links.delete(id);
    for (const end of [link.from, link.to]) this.#at.get(end)?.delete(link);
  }

  all(): IterableIterator<Link> {
    return this.#links.values();
  }

  find(id: string): Link | undefined {
    return this.#links.get(id);
  }

  /** The links with the record at an end. */
  of(id: string): ReadonlySet<Link> {
    return this.#at.get(id) ?? noLinks;
  }

  /** The links that begin at the record, so that each link of several records comes once. */
  *from(id: string): Generator<Link, void, void> {
    for (const link of this.of(id)) if (link.from === id) yield link;
  }

  count(id: string): number {
    return this.#at.get(id)?.size ?? 0;
  }
}

const createLinkIndex = (read: Connection): LinkIndex => new LinkIndex(read);
export const linkIndex = ({ singletons }: Pick<Services, 'singletons'>): LinkIndex =>
  singletons.get(createLinkIndex);
