import { fieldsOf } from '#shared/domain/entities.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isReferenceKind, referencedIds } from '#shared/domain/references.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { newestLogRow, readHead } from '../log/audit/head.ts';
import { changedRecords } from '../model/changed-records.ts';
import type { Services } from '../model/services.ts';
import { pagesOf } from '../network/pages.ts';

/** A record that the index knows. `type` is null for a deleted, hidden or missing one, which has no references of its own. */
export interface IndexedRecord {
  readonly id: string;
  type: EntityType | null;
  out: readonly Reference[];
  readonly in: Reference[];
}

/** A declared field of a visible record that names another. */
interface Reference {
  readonly from: IndexedRecord;
  readonly field: string;
  readonly to: IndexedRecord;
}

/** With more changes than this since the last refresh, reading everything again is cheaper. */
const maxChanges = 2000;

/** The references of all visible records in memory, some 600 bytes for a record with three. Follows the log: call `refresh` before use. */
export class ReferenceIndex {
  readonly #db: Connection;
  readonly #records = new Map<string, IndexedRecord>();
  /** The running update. Each caller of `refresh` advances it. */
  #updating: Generator<number, void, void> | null = null;
  #headId = -1;
  #lastLogRow = 0;

  constructor(db: Connection) {
    this.#db = db;
  }

  /** Updates the index to the newest commit. Yields the number of records read. */
  *refresh(): Generator<number, void, void> {
    while (this.#updating || readHead(this.#db).id !== this.#headId) {
      this.#updating ??= this.#update();
      const next = this.#updating.next();
      if (next.done === true) this.#updating = null;
      else yield next.value;
    }
  }

  *#update(): Generator<number, void, void> {
    // Read before the records, so that the next update takes the changes made meanwhile from the log.
    const [headId, lastLogRow] = [readHead(this.#db).id, newestLogRow(this.#db)];
    const changedIds =
      this.#headId < 0 ? null : changedRecords(this.#db, entityTypes, this.#lastLogRow, maxChanges);
    if (changedIds === null) {
      // If reading fails, the next call starts again.
      this.#headId = -1;
      this.#records.clear();
    }
    for (const id of changedIds ?? []) {
      this.#remove(id);
      yield 0;
    }
    const select = 'r.id, r.payload';
    const isChanged = changedIds === null ? '' : 'AND r.id IN (SELECT value FROM json_each(?))';
    const condition = `${visibleCondition('r')} ${isChanged}`;
    const values = changedIds === null ? [] : [JSON.stringify(changedIds)];
    for (const type of changedIds?.length === 0 ? [] : entityTypes) {
      const fields = fieldsOf(type).filter(isReferenceKind);
      for (const rows of pagesOf(this.#db, { select, table: tableOf[type], condition, values })) {
        for (const [id, payload] of rows as [string, string][]) {
          // A record that changes during a full read can be read twice.
          this.#remove(id);
          const [from, data] = [this.#findOrAdd(id), JSON.parse(payload) as JsonObject];
          from.type = type;
          from.out = fields.flatMap(({ key: field }) =>
            referencedIds(data[field]).map((to) => ({ from, field, to: this.#findOrAdd(to) })),
          );
          for (const reference of from.out) reference.to.in.push(reference);
        }
        yield this.#records.size;
      }
    }
    [this.#headId, this.#lastLogRow] = [headId, lastLogRow];
  }

  #findOrAdd(id: string): IndexedRecord {
    const known = this.#records.get(id);
    if (known) return known;
    const record = { id, type: null, out: [], in: [] };
    this.#records.set(id, record);
    return record;
  }

  #remove(id: string): void {
    const record = this.#records.get(id);
    if (!record) return;
    for (const reference of record.out) reference.to.in.splice(reference.to.in.indexOf(reference), 1);
    [record.type, record.out] = [null, []];
  }

  /** A visible record; undefined for any other. */
  find(id: string): IndexedRecord | undefined {
    const record = this.#records.get(id);
    return record?.type === null ? undefined : record;
  }
}

const createReferenceIndex = (read: Connection): ReferenceIndex => new ReferenceIndex(read);
export const referenceIndex = ({ singletons }: Pick<Services, 'singletons'>): ReferenceIndex =>
  singletons.get(createReferenceIndex);
