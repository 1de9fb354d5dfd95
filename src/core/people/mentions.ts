import type { Mention, Person } from '#shared/contract/people.ts';
import type { NamePattern } from '#shared/domain/name-pattern.ts';
import { fieldsNamingPerson, isNamesake } from '#shared/domain/redaction.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';
import { erasuresId } from '../log/audit/erased-rows.ts';
import { locateIn } from '../log/records/locate.ts';
import { readPages } from '../model/read-pages.ts';
import { readTitle } from '../model/titles.ts';

type TitledRecord = Pick<Mention, 'type' | 'id' | 'title'>;

/** Other records, and labels, of one file that name a person. */
export interface Mentions {
  records: (Mention & { type: AuditedType; deleted: boolean })[];
  /** The ids of transactions whose labels name the person. */
  labels: number[];
  namesakes: TitledRecord[];
  /** Ids of records that contain a name of the person; they are not erased. */
  ids: string[];
}

const logRowsSql = `SELECT rowid AS row, entity_type AS type, entity_id, payload_before AS before, payload_after AS after
  FROM audit_logs WHERE true`;
const labelsSql = 'SELECT rowid AS row, params FROM audit_transactions WHERE params IS NOT NULL';

interface LogRow {
  type: AuditedType;
  entity_id: string;
  before: string | null;
  after: string | null;
}

/** Finds records, log rows and labels that name a person. `keepsProfiles` skips profiles, which only the server changes. */
export function* findMentions(
  db: ReadHandle,
  person: Pick<Person, 'id' | 'type' | 'terms'>,
  pattern: NamePattern,
  { keepsProfiles = false }: { keepsProfiles?: boolean } = {},
): Generator<number, Mentions, void> {
  const mentionById = new Map<string, Mentions['records'][number]>();
  const namesakes: TitledRecord[] = [];
  const ids: string[] = [];
  const labels: number[] = [];
  const isPersonRecord = (id: string): boolean => id === person.id && person.type !== 'profile';
  const isSkipped = (type: AuditedType): boolean => keepsProfiles && type === 'profile';
  let done = 0;
  const existingTables = tablesIn(db);
  for (const type of auditedTypes.filter((one) => existingTables.has(tableOf[one]) && !isSkipped(one))) {
    const recordsSql = `SELECT rowid AS row, id, payload, deleted_at FROM ${tableOf[type]} WHERE true`;
    for (const rows of readPages<{ id: string; payload: string; deleted_at: string | null }>(
      db,
      recordsSql,
    )) {
      for (const { id, payload: text, deleted_at } of rows) {
        if (pattern.hasMatch(id)) ids.push(id);
        if (isPersonRecord(id) || id === erasuresId || !canNamePerson(type, text, person, pattern)) continue;
        const payload = parsePayload(text);
        const title = readTitle(db, type, payload) || id;
        if (isNamesake(type, payload, pattern)) namesakes.push({ type, id, title });
        const fields = fieldsNamingPerson(type, payload, person, pattern);
        if (fields.length > 0)
          mentionById.set(id, { type, id, title, fields, rows: 0, deleted: deleted_at !== null });
      }
      yield (done += rows.length);
    }
  }
  for (const rows of readPages<LogRow>(db, logRowsSql)) {
    for (const { type, entity_id: id, before, after } of rows) {
      if (isPersonRecord(id) || id === erasuresId || isSkipped(type)) continue;
      const payloads = [before, after].filter(
        (text) => text !== null && canNamePerson(type, text, person, pattern),
      );
      if (!payloads.some((text) => fieldsNamingPerson(type, parsePayload(text), person, pattern).length > 0))
        continue;
      const mention = mentionById.get(id) ?? mentionOf(db, type, id);
      if (mention) mentionById.set(id, { ...mention, rows: mention.rows + 1 });
    }
    yield (done += rows.length);
  }
  for (const rows of readPages<{ params: string }>(db, labelsSql)) {
    for (const { row, params } of rows) {
      if (!pattern.canMatchJson(params)) continue;
      const labelParams = parsePayload(params);
      if (pattern.redactJson(labelParams) !== labelParams) labels.push(row);
    }
    yield (done += rows.length);
  }
  return { records: [...mentionById.values()], labels, namesakes, ids };
}

function mentionOf(db: ReadHandle, type: AuditedType, id: string): Mentions['records'][number] | null {
  const record = locateIn(db, type, id);
  if (!record) return null;
  const title = readTitle(db, type, record.payload) || id;
  return { type, id, title, fields: [], rows: 0, deleted: record.deleted };
}

/** Whether a payload can name the person. A shared sandbox also contains changes of the person's own record. */
const canNamePerson = (
  type: AuditedType,
  text: string,
  { id }: Pick<Person, 'id'>,
  pattern: NamePattern,
): boolean => pattern.canMatchJson(text) || (type === 'shared-sandbox' && text.includes(id));
