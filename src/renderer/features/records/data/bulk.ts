import { say } from '../../../i18n/setup.ts';
import { withProgress } from '../../../ui/in-notice.tsx';
import { notice } from '../../../ui/notices.tsx';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoable } from '../../../stores/undo.ts';
import { counted, fieldName, joined } from '../../../text/names.ts';
import type { Selection } from './selection.ts';

/** Fields to set, and fields to remove. */
export interface FieldEdit {
  data: JsonObject;
  unset: readonly string[];
}

/** Edits many records in one undoable change and shows a notice. Throws what core throws. */
export async function editMany(
  type: EntityType,
  { count, which }: Selection,
  { data, unset }: FieldEdit,
): Promise<void> {
  const what = counted(type, count);
  const { op_id, changed, unchanged } = await whileSaving(() =>
    withProgress(say('grid:bulk.changing', { what }), (onProgress, signal) =>
      follow(api.entities.edit({ type, which, data, unset: [...unset] }, { signal }), onProgress, signal),
    ),
  );
  const fields = joined([...Object.keys(data), ...unset].map(fieldName));
  if (changed === 0) {
    notice({ title: say('grid:bulk.alreadySo', { what }) });
    return;
  }
  notice({
    ...undoable(op_id),
    title: say('audit:changedFields', { fields, what: counted(type, changed) }),
    ...(unchanged > 0 ? { more: say('grid:bulk.unchanged', { count: unchanged }) } : {}),
  });
}
