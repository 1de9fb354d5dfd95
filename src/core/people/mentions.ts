import type { Mention, Person } from '#shared/contract/people.ts';
import type { NamePattern } from '#shared/domain/name-pattern.ts';
import { fieldsNaming, isNamesake } from '#shared/domain/redaction.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { parsePayload } from '../log/audit/effect.ts';
import { erasuresId } from '../log/audit/erased-rows.ts';
import { locateIn } from '../log/records/locate.ts';
import { readTitle } from '../model/titles.ts';

type Reference = Pick<Mention, 'type' | 'id' | 'title'>;

/** Other records, and labels, of one file that name a person. */
export interface Mentions {
  records: (Mention & { type: AuditedType; deleted: boolean })[];
  /** Transaction ids. */
  labels: number[];
  namesakes: Reference[];
  /** Ids that contain a term. */
  ids: string[];
}

const slice = 2000;
const rowsAfter = `SELECT id, entity_type AS type, entity_id, payload_before AS before, payload_after AS after
  FROM audit_logs WHERE id > ? ORDER BY id LIMIT ${slice}`;
const labelsAfter = `SELECT id, params FROM audit_transactions WHERE id > ? ORDER BY id LIMIT ${slice}`;

interface LogRow {
  id: number;
  type: AuditedType;
  entity_id: string;
  before: string | null;
  after: string | null;
}

/** Reads all records, the history and labels. `keepsProfiles` leaves out profiles, which only the server changes. */
export function* findMentions(
  db: ReadHandle,
  person: Pick<Person, 'id' | 'type' | 'terms'>,
  pattern: NamePattern,
  { keepsProfiles = false }: { keepsProfiles?: boolean } = {},
): Generator<number, Mentions, void> {
  const found = new Map<string, Mentions['records'][number]>();
  const namesakes: Reference[] = [];
  const ids: string[] = [];
  const isOwn = (id: string): boolean => id === person.id && person.type !== 'profile';
  const isLeftOut = (type: AuditedType): boolean => keepsProfiles && type === 'profile';
  let done = 0;
  const there = tablesIn(db);
  for (const type of auditedTypes.filter((one) => there.has(tableOf[one]) && !isLeftOut(one))) {
    let last = 0;
    for (;;) {
      const rows = db.all<{ row: number; id: string; payload: string; deleted_at: string | null }>(
        `SELECT rowid AS row, id, payload, deleted_at FROM ${tableOf[type]} WHERE rowid > ? ORDER BY rowid LIMIT ${slice}`,
        [last],
      );
      for (const { id, payload: text, deleted_at } of rows) {
        if (pattern.isIn(id)) ids.push(id);
        if (isOwn(id) || id === erasuresId || !mayName(type, text, person, pattern)) continue;
        const payload = parsePayload(text);
        const title = readTitle(db, type, payload) || id;
        if (isNamesake(type, payload, person.terms)) namesakes.push({ type, id, title });
        const fields = fieldsNaming(type, payload, person, pattern);
        if (fields.length > 0)
          found.set(id, { type, id, title, fields, rows: 0, deleted: deleted_at !== null });
      }
      done += rows.length;
      last = rows.at(-1)?.row ?? 0;
      if (rows.length < slice) break;
      yield done;
    }
  }
  for (let last = 0; ;) {
    const rows = db.all<LogRow>(rowsAfter, [last]);
    for (const { type, entity_id: id, before, after } of rows) {
      if (isOwn(id) || id === erasuresId || isLeftOut(type)) continue;
      const sides = [before, after].filter((text) => text !== null && mayName(type, text, person, pattern));
      if (!sides.some((text) => fieldsNaming(type, parsePayload(text), person, pattern).length > 0)) continue;
      const known = found.get(id) ?? mentionOf(db, type, id);
      if (known) found.set(id, { ...known, rows: known.rows + 1 });
    }
    yield (done += rows.length);
    last = rows.at(-1)?.id ?? 0;
    if (rows.length < slice) break;
  }
  const labels: number[] = [];
  for (let last = 0; ;) {
    const rows = db.all<{ id: number; params: string | null }>(labelsAfter, [last]);
    for (const { id, params } of rows) {
      if (!pattern.mayBeIn(params)) continue;
      const label = parsePayload(params);
      if (pattern.redactJson(label) !== label) labels.push(id);
    }
    yield (done += rows.length);
    last = rows.at(-1)?.id ?? 0;
    if (rows.length < slice) break;
  }
  return { records: [...found.values()], labels, namesakes, ids };
}

function mentionOf(db: ReadHandle, type: AuditedType, id: string): Mentions['records'][number] | null {
  const record = locateIn(db, type, id);
  if (!record) return null;
  const title = readTitle(db, type, record.payload) || id;
  return { type, id, title, fields: [], rows: 0, deleted: record.deleted };
}

/** A shared sandbox contains changes of whole records, including the person's own. */
const mayName = (
  type: AuditedType,
  text: string,
  { id }: Pick<Person, 'id'>,
  pattern: NamePattern,
): boolean => pattern.mayBeIn(text) || (type === 'shared-sandbox' && text.includes(id));
