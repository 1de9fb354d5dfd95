import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../db/connection.ts';
import { contentTypes } from './removal.ts';

/** Records read between two pauses. */
const piece = 2000;

const deletion = `SELECT id AS row, meta ->> '$.because' AS because FROM audit_logs
  WHERE entity_id = ? AND action = 'delete' ORDER BY id DESC LIMIT 1`;

/** The row of the log by which a record went last, and because of what: null where it was deleted itself. Undefined where it never was. */
export const lastDeletion = (
  db: ReadHandle,
  id: string,
): { row: number; because: string | null } | undefined => db.get(deletion, [id]);

/** Because of what a record that is not there went last: null where it was deleted itself, undefined where that was never done. */
export const causeOf = (db: ReadHandle, id: string): string | null | undefined =>
  lastDeletion(db, id)?.because;

/** A record that is deleted and belonged to a university. */
export interface Gone {
  type: EntityType;
  id: string;
}

const deletedOf = (type: EntityType): string =>
  `SELECT rowid AS row, id, university_id AS university FROM ${tableOf[type]}
    WHERE rowid > :after AND deleted_at IS NOT NULL AND university_id IS NOT NULL ORDER BY rowid LIMIT ${piece}`;

/** What is deleted and belonged to universities is read once, of however many of them it is asked. */
export class WentWith {
  readonly #db: ReadHandle;
  #deleted: ReadonlyMap<string, readonly Gone[]> | undefined;

  constructor(db: ReadHandle) {
    this.#db = db;
  }

  /**
   * What went because a university did and is not back, what is referred to before what refers to it. Who deleted one of them by itself
   * meant that. Yields how many it has looked at.
   */
  *of(university: string): Generator<number, Gone[], void> {
    const went: Gone[] = [];
    for (const [done, one] of (yield* this.allOf(university)).entries()) {
      yield done;
      if (causeOf(this.#db, one.id) === university) went.push(one);
    }
    return went;
  }

  /** As `of`, with what was deleted otherwise. */
  *allOf(university: string): Generator<number, readonly Gone[], void> {
    this.#deleted ??= yield* this.#read();
    return this.#deleted.get(university) ?? [];
  }

  *#read(): Generator<number, ReadonlyMap<string, readonly Gone[]>, void> {
    const deleted = new Map<string, Gone[]>();
    for (const type of contentTypes.toReversed()) {
      for (let after: number | undefined = 0; after !== undefined;) {
        const rows: { row: number; id: string; university: string }[] = this.#db.all(deletedOf(type), {
          after,
        });
        for (const { id, university } of rows) {
          const some = deleted.get(university);
          if (some) some.push({ type, id });
          else deleted.set(university, [{ type, id }]);
        }
        after = rows.at(-1)?.row;
        yield 0;
      }
    }
    return deleted;
  }
}
