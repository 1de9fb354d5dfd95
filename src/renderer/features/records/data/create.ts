import type { EntityRecord } from '#shared/contract/record.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoable } from '../../../stores/undo.ts';
import { faultData } from '../../../text/faults.ts';
import { titleOr } from '../../../text/names.ts';
import { notice } from '../../../ui/notices.tsx';
import { storeCached } from './cache.ts';

/** Tells of a new record, with the way back. */
function tellCreated(record: EntityRecord, opId: string | null): void {
  notice({
    ...undoable(opId),
    title: say('grid:createNotice', { title: titleOr(record.title, record.type) }),
  });
}

/**
 * Creates a record under an id drawn here. When an earlier try has arrived after all (its answer was lost), that record is the
 * result. Throws what core throws.
 */
export async function createRecord(type: EntityType, id: string, data: JsonObject): Promise<EntityRecord> {
  try {
    const { record, op_id } = await whileSaving(() => api.entities.create({ type, id, data: data }));
    storeCached(record);
    tellCreated(record, op_id);
    return record;
  } catch (error) {
    if (faultData(error, 'DUPLICATE_ID')?.id !== id) throw error;
    return await api.entities.get({ type, id });
  }
}
