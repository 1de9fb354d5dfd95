import type { WantedChange } from '#shared/contract/bulk.ts';
import { api } from '../../../api/client.ts';
import { whileSaving } from '../../../stores/saving.ts';

/** Makes the changes as one undoable step. Gives its op id, null when everything already was so. Throws what core throws. */
export async function sendChanges(changes: readonly WantedChange[]): Promise<string | null> {
  if (changes.length === 0) return null;
  const { op_id } = await whileSaving(() => api.entities.change({ changes: [...changes] }));
  return op_id;
}
