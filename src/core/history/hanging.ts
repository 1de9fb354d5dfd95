import type { UndoConflict } from '#shared/contract/faults.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { WriteContext } from '../commands/context.ts';
import type { AuditLogRow } from '../db/schema.ts';
import { locateIn } from '../entities/locate.ts';
import type { Located } from '../entities/locate.ts';
import { permit } from '../entities/permit.ts';
import { parse } from './effect.ts';

/** What is taken back without a permission of its own, because what it followed from is taken back too. */
export class Hanging {
  readonly #by = new Map<string, Pick<AuditLogRow, 'action' | 'entity_type' | 'entity_id'>[]>();

  /** Whether a row of the log followed from another change: then it is taken in. */
  take({ action, meta }: AuditLogRow, { type, id }: Located<AuditedType>): boolean {
    const { because } = parse(meta);
    if (typeof because !== 'string') return false;
    const one = { action, entity_type: type, entity_id: id };
    const some = this.#by.get(because);
    if (some) some.push(one);
    else this.#by.set(because, [one]);
    return true;
  }

  /** Of what was `left` as it is, what followed from it went by itself, and is only for who may do that. Throws FORBIDDEN. */
  permit({ db, actor }: WriteContext, left: readonly UndoConflict[]): void {
    for (const cause of new Set(left.map(({ id }) => id)))
      for (const { action, entity_type, entity_id: id } of this.#by.get(cause) ?? []) {
        const type = entity_type as AuditedType;
        const payload = locateIn(db, type, id)?.payload ?? null;
        const came = action === 'create' || action === 'restore';
        permit(db, actor, {
          type,
          id,
          before: action === 'delete' ? null : payload,
          after: came ? null : payload,
        });
      }
  }
}
