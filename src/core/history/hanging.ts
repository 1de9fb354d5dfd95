import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import { permit } from '../model/permissions.ts';
import { parse } from './effect.ts';

type Hung = Pick<AuditLogRow, 'action'> & Pick<Located<AuditedType>, 'type' | 'id'>;

/** What is taken back without a permission of its own, because what it followed from is taken back too, by who may. */
export class Hanging {
  readonly #by = new Map<string, Hung[]>();
  /** What a record hangs on. */
  readonly #on = new Map<string, string>();
  readonly #permitted = new Set<string>();
  /** Somebody else made the change: then nothing hangs on another. */
  readonly #foreign: boolean;

  constructor(foreign: boolean) {
    this.#foreign = foreign;
  }

  /**
   * For what is written at once after it. What hangs on another change of the same transaction needs no permission of its own: it had none when
   * one made it oneself. `row` is null where somebody's later change goes too. Throws FORBIDDEN.
   */
  allow(
    { db, actor }: WriteContext,
    row: AuditLogRow | null,
    record: Located<AuditedType>,
    before: JsonObject | null,
    after: JsonObject | null,
  ): void {
    if (row && !this.#foreign && this.#take(row, record)) return;
    permit(db, actor, { type: record.type, id: record.id, before, after });
    this.#permitted.add(record.id);
  }

  /** Whether a row of the log followed from another change: then it is taken in. */
  #take({ action, meta }: AuditLogRow, { type, id }: Located<AuditedType>): boolean {
    const { because } = parse(meta);
    if (typeof because !== 'string') return false;
    const some = this.#by.get(because);
    if (some) some.push({ action, type, id });
    else this.#by.set(because, [{ action, type, id }]);
    this.#on.set(id, because);
    return true;
  }

  /** What followed from something that was left, or was so already, went by itself: it is only for who may do that. Throws FORBIDDEN. */
  permit({ db, actor }: WriteContext): void {
    if (actor.role === 'admin') return;
    for (const [cause, hung] of this.#by) {
      if (this.#isPermitted(cause)) continue;
      for (const { action, type, id } of hung) {
        const payload = locateIn(db, type, id)?.payload ?? null;
        const came = action === 'create' || action === 'restore';
        const [before, after] = [action === 'delete' ? null : payload, came ? null : payload];
        permit(db, actor, { type, id, before, after });
      }
    }
  }

  /** Also what hangs on what hangs on that. */
  #isPermitted(cause: string): boolean {
    const seen = new Set<string>();
    for (let at: string | undefined = cause; at !== undefined && !seen.has(at); at = this.#on.get(at)) {
      if (this.#permitted.has(at)) return true;
      seen.add(at);
    }
    return false;
  }
}
