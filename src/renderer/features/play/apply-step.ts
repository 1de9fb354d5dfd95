import type { FieldChange } from '#shared/contract/bulk.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoAction } from '../../stores/undo.ts';
import { notice } from '../../ui/notices.tsx';

export async function applyStep(changes: readonly FieldChange[], what: string): Promise<void> {
  const { op_id } = await whileSaving(() => api.entities.applyChanges({ changes: [...changes] }));
  if (op_id !== null) notice({ ...undoAction(op_id), title: say('whatif:added', { what }) });
}
