import type { FieldChange } from '#shared/contract/bulk.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { setSeatItem, useSeat } from '../../stores/seat.ts';
import { pageTarget } from '../../stores/target.ts';
import { undoAction } from '../../stores/undo.ts';
import { notice } from '../../ui/notices.tsx';
import { whileSaving } from '../../stores/saving.ts';

const seatKey = 'play:try';

/** Stores changes to apply when the new sandbox is first opened. */
export const storeChanges = (sandbox: string, changes: readonly FieldChange[]): void =>
  setSeatItem(seatKey, { sandbox, changes: JSON.stringify(changes) });

/** After the new sandbox is open, applies the changes that `storeChanges` stored for it. */
export async function applyStoredChanges(): Promise<void> {
  const stored = useSeat.getState().items[seatKey] as { sandbox: string; changes: string } | undefined;
  if (stored?.sandbox !== pageTarget()) return;
  setSeatItem(seatKey, null);
  const { op_id, changed } = await api.entities.applyChanges({
    changes: JSON.parse(stored.changes) as FieldChange[],
  });
  notice({ ...undoAction(op_id), title: say('play:tried', { count: changed }) });
}

export async function applyStep(changes: readonly FieldChange[], what: string): Promise<void> {
  const { op_id } = await whileSaving(() => api.entities.applyChanges({ changes: [...changes] }));
  if (op_id !== null) notice({ ...undoAction(op_id), title: say('whatif:added', { what }) });
}
