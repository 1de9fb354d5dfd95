import { shortDescription } from '#shared/domain/title.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { newestLogRow, readHead } from '../log/audit/head.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { changedRecords } from '../model/changed-records.ts';
import type { Services } from '../model/services.ts';

export interface Link {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly bond: string | null;
  /** Per cent, 0 to 100. */
  readonly loss: number | null;
  /** Documented share in per cent; null unless given. */
  readonly documented: number | null;
  /** Ids of the bearers; empty if all members at both ends carry the link. */
  readonly bearers: readonly string[];
  readonly importance: string | null;
  /** Its beginning. */
  readonly description: string | null;
}

type Row = [id: string, payload: string];

/** With more changes than this since the last refresh, a full read is cheaper. */
const maxChanges = 5000;

const visibleQuery = `SELECT id, payload FROM interfaces WHERE ${visibleCondition()}`;
const pageQuery = `SELECT rowid AS row, id, payload FROM interfaces WHERE rowid > ? AND ${visibleCondition()} ORDER BY rowid LIMIT ?`;
const rowsPerStep = 2000;
const byIdQuery = `${visibleQuery} AND id IN (SELECT value FROM json_each(?))`;
const noLinks: ReadonlySet<Link> = new Set();
const noIds: readonly string[] = [];

/** The ids of a stored list; empty for anything else. */
export const idsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) && value.length > 0
    ? value.filter((id): id is string => typeof id === 'string')
    : noIds;

/** The visible interfaces in memory (some 300 bytes each): SQL is fifty times slower. Call `refresh` before use. */
export class LinkIndex {
  readonly #db: Connection;
  readonly #links = new Map<string, Link>();
  readonly #linksByEnd = new Map<string, Set<Link>>();
  #headId = -1;
  #lastLogRow = 0;

  constructor(db: Connection) {
    this.#db = db;
  }

  refresh(): void {
    const headId = readHead(this.#db).id;
    if (headId === this.#headId) return;
    const lastLogRow = newestLogRow(this.#db);
    const changedIds = this.#headId < 0 ? null : this.#changedIds();
    if (changedIds === null) this.#readAll();
    else this.#readChanged(changedIds);
    this.#headId = headId;
    this.#lastLogRow = lastLogRow;
  }

  /** Does the work of `refresh` some rows at a step, unless the index was read before. */
  *readAhead(): Generator<void, void, void> {
    const headId = readHead(this.#db).id;
    const lastLogRow = newestLogRow(this.#db);
    for (let [lastRowid, count] = [0, rowsPerStep]; this.#headId < 0 && count === rowsPerStep;) {
      const rows = this.#db.all<{ row: number; id: string; payload: string }>(pageQuery, [
        lastRowid,
        rowsPerStep,
      ]);
      for (const { id, payload } of rows) this.#store(id, payload);
      lastRowid = rows.at(-1)?.row ?? 0;
      count = rows.length;
      if (count < rowsPerStep) [this.#headId, this.#lastLogRow] = [headId, lastLogRow];
      yield;
    }
  }

  #changedIds(): string[] | null {
    return changedRecords(this.#db, ['interface'], this.#lastLogRow, maxChanges);
  }

  #readAll(): void {
    this.#links.clear();
    this.#linksByEnd.clear();
    this.#readRows(visibleQuery, []);
  }

  #readChanged(ids: readonly string[]): void {
    for (const id of ids) this.#remove(id);
    if (ids.length > 0) this.#readRows(byIdQuery, [JSON.stringify(ids)]);
  }

  #readRows(query: string, parameters: string[]): void {
    const rows = this.#db.raw
      .prepare(query)
      .raw(true)
      .iterate(...parameters);
    for (const [id, payload] of rows as IterableIterator<Row>) this.#store(id, payload);
  }

  #store(id: string, text: string): void {
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
      description: shortDescription(payload['description']),
    };
    // Two callers can read ahead at once.
    this.#remove(id);
    this.#links.set(id, link);
    for (const end of [link.from, link.to]) {
      const links = this.#linksByEnd.get(end);
      if (links) links.add(link);
      else this.#linksByEnd.set(end, new Set([link]));
    }
  }

  #remove(id: string): void {
    const link = this.#links.get(id);
    if (!link) return;
    this.#links.delete(id);
    for (const end of [link.from, link.to]) this.#linksByEnd.get(end)?.delete(link);
  }

  all(): IterableIterator<Link> {
    return this.#links.values();
  }

  find(id: string): Link | undefined {
    return this.#links.get(id);
  }

  /** The links with the record at an end. */
  linksOf(id: string): ReadonlySet<Link> {
    return this.#linksByEnd.get(id) ?? noLinks;
  }

  /** The links that begin at the record, so that a link between several records is returned once. */
  *linksFrom(id: string): Generator<Link, void, void> {
    for (const link of this.linksOf(id)) if (link.from === id) yield link;
  }

  count(id: string): number {
    return this.#linksByEnd.get(id)?.size ?? 0;
  }
}

const createLinkIndex = (read: Connection): LinkIndex => new LinkIndex(read);
export const linkIndex = ({ singletons }: Pick<Services, 'singletons'>): LinkIndex =>
  singletons.get(createLinkIndex);
