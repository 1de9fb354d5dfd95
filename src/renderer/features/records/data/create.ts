import { idPrefix } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { cloneAddress } from '#shared/domain/safe-url.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { isLive } from '../../../stores/target.ts';
import { undoAction } from '../../../stores/undo.ts';
import { faultData } from '../../../text/faults.ts';
import { quotedTitle } from '../../../text/names.ts';
import { notice } from '../../../ui/notices.tsx';
import { cacheRecord } from './record.ts';

/** A new id: a prefixed UUIDv7. The window makes it, so that a create call can be repeated safely if its answer was lost. */
export function newId(type: EntityType): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  const now = Date.now();
  view.setUint32(0, Math.floor(now / 65_536));
  view.setUint16(4, now % 65_536);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `${idPrefix[type]}_${parts.join('-')}`;
}

async function createAndNotify(type: EntityType, id: string, data: JsonObject): Promise<EntityRecord> {
  const { record, op_id } = await whileSaving(() => api.entities.create({ type, id, data }));
  cacheRecord(record);
  if (type === 'repository' && isLive() && cloneAddress(record.payload) !== null)
    await api.jobs.enqueue({ job: { kind: 'scan', input: { repository: id, name: record.title } } });
  notice({ ...undoAction(op_id), title: say('audit:create', { title: quotedTitle(record.title, type) }) });
  return record;
}

const hasValues = ({ deleted_at, payload }: EntityRecord, data: JsonObject): boolean =>
  deleted_at === null &&
  Object.entries(data).every(([key, value]) => jsonEqual(payload[key] ?? null, value ?? null));

/** Creates a record with this id. If an earlier call created it, returns that record, or a new one if the data differ. */
export async function createRecord(type: EntityType, id: string, data: JsonObject): Promise<EntityRecord> {
  try {
    return await createAndNotify(type, id, data);
  } catch (error) {
    if (faultData(error, 'DUPLICATE_ID')?.id !== id) throw error;
    const earlier = await api.entities.get({ type, id });
    return hasValues(earlier, data) ? earlier : await createAndNotify(type, newId(type), data);
  }
}
