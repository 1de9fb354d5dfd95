import type { EntityRecord } from '#shared/contract/record.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoable } from '../../../stores/undo.ts';
import { faultData } from '../../../text/faults.ts';
import { titleOr } from '../../../text/names.ts';
import { notice } from '../../../ui/notices.tsx';
import { newId } from '../newId.ts';
import { storeCached } from './cache.ts';

/** Tells of a new record, with the way back. */
function tellCreated(record: EntityRecord, opId: string | null): void {
  notice({
    ...undoable(opId),
    title: say('grid:createNotice', { title: titleOr(record.title, record.type) }),
  });
}

async function create(type: EntityType, id: string, data: JsonObject): Promise<EntityRecord> {
  const { record, op_id } = await whileSaving(() => api.entities.create({ type, id, data }));
  storeCached(record);
  tellCreated(record, op_id);
  return record;
}

/** Whether a record is what was to be created, and still there. */
const isMade = ({ deleted_at, payload }: EntityRecord, data: JsonObject): boolean =>
  deleted_at === null &&
  Object.entries(data).every(([key, value]) => jsonEqual(payload[key] ?? null, value ?? null));

/**
 * Creates a record under an id drawn here. When an earlier try has arrived after all (its answer was lost), that record is the
 * result; where what is to be created is another since, it is told, and another record is made. Throws what core throws.
 */
export async function createRecord(type: EntityType, id: string, data: JsonObject): Promise<EntityRecord> {
  try {
    return await create(type, id, data);
  } catch (error) {
    if (faultData(error, 'DUPLICATE_ID')?.id !== id) throw error;
    const earlier = await api.entities.get({ type, id });
    if (isMade(earlier, data)) return earlier;
    const made = await create(type, newId(type), data);
    if (earlier.deleted_at === null)
      notice({ title: say('grid:createdEarlier', { title: titleOr(earlier.title, earlier.type) }) });
    return made;
  }
}
