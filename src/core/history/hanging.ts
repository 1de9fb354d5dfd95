import type { AuditedType } from '#shared/domain/types.ts';
import type { WriteContext } from '../commands/context.ts';
import type { AuditLogRow } from '../db/schema.ts';
import { locateIn } from '../entities/locate.ts';
import type { Located } from '../entities/locate.ts';
import { permit } from '../entities/permit.ts';
import { parse } from './effect.ts';

type Hung = Pick<AuditLogRow, 'action'> & Pick<Located<AuditedType>, 'type' | 'id'>;

/** What is taken back without a permission of its own, because what it followed from is taken back too, by who may. */
export class Hanging {
  readonly #by = new Map<string, Hung[]>();
  /** What a record hangs on. */
  readonly #on = new Map<string, string>();
  readonly #permitted = new Set<string>();

  /** Whether a row of the log followed from another change: then it is taken in. */
  take({ action, meta }: AuditLogRow, { type, id }: Located<AuditedType>): boolean {
    const { because } = parse(meta);
    if (typeof because !== 'string') return false;
    const some = this.#by.get(because);
    if (some) some.push({ action, type, id });
    else this.#by.set(because, [{ action, type, id }]);
    this.#on.set(id, because);
    return true;
  }

  /** A record was taken back by who may. */
  permitted(id: string): void {
    this.#permitted.add(id);
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
