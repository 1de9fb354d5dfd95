import type { ReadHandle } from '../../kernel/db/connection.ts';
import { plain } from './words.ts';

/** Tells whether a record was ever called so, by what the log says of it; each record is looked up once. */
export function formerNames(db: ReadHandle): (id: string, name: string) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  const sql = `SELECT DISTINCT payload_before ->> '$.name' AS name FROM audit_logs
    WHERE entity_id = ? AND CASE WHEN json_valid(payload_before) THEN payload_before ->> '$.name' END IS NOT NULL`;
  return (id, name) => {
    let names = known.get(id);
    if (!names) {
      names = new Set(db.all<{ name: string | number }>(sql, [id]).map((row) => plain(String(row.name))));
      known.set(id, names);
    }
    return names.has(plain(name));
  };
}
