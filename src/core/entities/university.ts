import type { Json } from '#shared/domain/json.ts';
import type { ReadHandle } from '../db/connection.ts';
import { locate } from './locate.ts';
import type { StoredRecord } from './stored.ts';

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** The university that a record belongs to, for the audit: its own id for a university, that of an end for an interface. */
export function universityOf(db: ReadHandle, record: StoredRecord): string | null {
  if (record.type === 'university') return record.id;
  if (record.type !== 'interface') return text(record.payload.university_id);
  const [from, to] = endUniversities(db, record.payload);
  return from ?? to;
}

/** The universities of an interface's two ends, null where an end has none or is not there. */
export function endUniversities(
  db: ReadHandle,
  payload: StoredRecord['payload'],
): readonly [from: string | null, to: string | null] {
  const university = (end: Json | undefined): string | null => {
    const found = typeof end === 'string' ? locate(db, end) : undefined;
    if (!found) return null;
    return found.type === 'university' ? found.id : text(found.payload.university_id);
  };
  return [university(payload.from), university(payload.to)];
}
