import type Database from 'better-sqlite3';
import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';

/** What a side lost of a record because another was deleted there, by going through its log. */
export interface Lost {
  type: AuditedType;
  id: string;
  /** What it was when it went, where all of it did. */
  whole: JsonObject | null;
  fields: Map<string, string>;
}

interface Losing {
  type: AuditedType;
  because: string;
  was: JsonObject;
}
interface Row {
  action: string;
  type: AuditedType;
  id: string;
  before: string | null;
  after: string | null;
  meta: string | null;
}

const objectOf = (text: string | null): JsonObject => JSON.parse(text ?? '{}') as JsonObject;

/** Everything that is lost since a row of the log because one of `kept` was deleted, or of what went with it. */
export function lostWith(db: Database.Database, since: number, kept: ReadonlySet<string>): Map<string, Lost> {
  const gone = new Map<string, Losing>();
  const emptied = new Map<string, Losing & { id: string; field: string; was: JsonObject }>();
  const sql = `SELECT action, entity_type AS type, entity_id AS id, payload_before AS before, payload_after AS after, meta
    FROM audit_logs WHERE id > ? ORDER BY id`;
  for (const { action, type, id, before, after, meta } of db.prepare(sql).all(since) as Row[]) {
    const { because } = objectOf(meta) as { because?: string };
    const [was, is] = [objectOf(before), objectOf(after)];
    if (action === 'delete' && because !== undefined) gone.set(id, { type, because, was });
    else if (action !== 'update') gone.delete(id);
    else
      for (const field of new Set([...Object.keys(was), ...Object.keys(is)])) {
        const key = `${id} ${field}`;
        if (because !== undefined && typeof was[field] === 'string' && is[field] === null)
          emptied.set(key, { type, id, field, because, was: { [field]: was[field] } });
        else emptied.delete(key);
      }
  }
  const found = new Map<string, Lost>();
  const all = new Set(kept);
  const lost = (type: AuditedType, id: string): Lost => {
    const one = found.get(id) ?? { type, id, whole: null, fields: new Map<string, string>() };
    found.set(id, one);
    return one;
  };
  for (let size = -1; size !== all.size;) {
    size = all.size;
    for (const [id, { type, because, was }] of gone) {
      const causes = type === 'interface' ? [because, was.from, was.to] : [because];
      if (kept.has(id) || !causes.some((cause) => all.has(cause as string))) continue;
      lost(type, id).whole = was;
      all.add(id);
    }
  }
  for (const { type, id, field, because, was } of emptied.values()) {
    const referred = was[field] as string;
    if (!kept.has(id) && (all.has(because) || all.has(referred))) lost(type, id).fields.set(field, referred);
  }
  return found;
}
