import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { contentTypes } from './removal.ts';

/** Records read between two pauses. */
const piece = 2000;

const deletion = `SELECT l.id AS row, l.meta ->> '$.because' AS because,
    (SELECT max(id) FROM audit_transactions WHERE id <= l.id) AS change
  FROM audit_logs l WHERE l.entity_id = ? AND l.action = 'delete' ORDER BY l.id DESC LIMIT 1`;

/** How a record that is not there went last: because of what, null where it was deleted itself, and in which change. */
export interface Deletion {
  because: string | null;
  /** Id of the row of the log, and of the transaction. */
  row: number;
  change: number;
}

/** How a record that is not there went last; undefined where it was never deleted. */
export const deletionOf = (db: ReadHandle, id: string): Deletion | undefined =>
  db.get<Deletion>(deletion, [id]);

/** Whether what was deleted so went with another: because of it, or as all that one change deleted. */
export const wentWith = (
  gone: Deletion,
  { id, deletion: other }: { id: string; deletion: Deletion | undefined },
): boolean => gone.because === id || gone.change === other?.change;

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
   * What went with a university and is not back, what is referred to before what refers to it. Who deleted one of them in another change
   * meant that. Yields how many it has looked at.
   */
  *of(university: string): Generator<number, Gone[], void> {
    const went: Gone[] = [];
    const whole = { id: university, deletion: deletionOf(this.#db, university) };
    for (const [done, one] of (yield* this.allOf(university)).entries()) {
      yield done;
      const gone = deletionOf(this.#db, one.id);
      if (gone && wentWith(gone, whole)) went.push(one);
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
