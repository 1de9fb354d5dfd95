import { listOf, recordIn } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../api/client.ts';
import { go } from '../../stores/address.ts';
import { report } from '../../ui/notices.tsx';

/** Opens the first record of a list beside it; the plain list when it has none. */
export async function openFirst(type: EntityType): Promise<void> {
  try {
    const [first] = (await api.entities.list({ type, limit: 1 })).rows;
    go(first ? recordIn(type, first.id, 'links') : listOf(type));
  } catch (error) {
    report(error);
  }
}
