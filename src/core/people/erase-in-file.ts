import type { Person } from '#shared/contract/people.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { NamePattern } from '#shared/domain/name-pattern.ts';
import { emptyRecord, redactionOf } from '#shared/domain/redaction.ts';
import type { Redaction } from '#shared/domain/redaction.ts';
import { fieldsIn, patchBetween } from '#shared/domain/patch.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import { parsePayload } from '../log/audit/effect.ts';
import { Eraser } from '../log/records/eraser.ts';
import { locateIn } from '../log/records/locate.ts';
import { findMentions } from './mentions.ts';
import type { Mentions } from './mentions.ts';

type Write = Pick<WriteContext, 'db' | 'audit' | 'records'>;

/** Numbers of emptied log rows and records. */
export interface ErasedInFile {
  rows: number;
  records: number;
}

/** Empties all payloads of a record, past ones too, except for its references. */
export const eraseRecord = (eraser: Eraser, type: AuditedType, id: string): boolean =>
  eraser.record(type, id, emptyRecord(type));

/** Erases a person from one file; with `mentions` also from other texts, labels and facts. Yields the rows read. */
export function* eraseInFile(
  write: Write,
  person: Person,
  pattern: NamePattern,
  { mentions, keepsProfiles = false }: { mentions: boolean; keepsProfiles?: boolean },
): Generator<number, ErasedInFile, void> {
  const found = mentions ? yield* findMentions(write.db, person, pattern, { keepsProfiles }) : null;
  const erased = eraseFound(write, person, pattern, found);
  const { type, id } = person;
  const { rows, records: count } = erased;
  if (write.audit.changes > 0) write.audit.label('people.erase', { type, id, rows, count });
  return erased;
}

export type FoundRecord = Pick<Mentions['records'][number], 'type' | 'id'>;
/** Texts that name a person; null to leave them. */
export type FoundMentions = { records: readonly FoundRecord[]; labels: readonly number[] } | null;

/** Like `eraseInFile`, with mentions already found. `redaction` chooses how each record is redacted. */
export function eraseFound(
  write: Write,
  person: Pick<Person, 'type' | 'id'>,
  pattern: NamePattern,
  found: FoundMentions,
  redaction: (record: FoundRecord) => Redaction = ({ type }) => redactionOf(type, person, pattern),
): ErasedInFile {
  const { db, records } = write;
  const eraser = new Eraser(write);
  const { type, id } = person;
  let count = 0;
  if (type !== 'profile' && locateIn(db, type, id)) {
    if (eraseRecord(eraser, type, id)) count += 1;
    const record = locateIn(db, type, id);
    if (record && !record.deleted) records.remove(record);
    dropConflicts(write, (conflict) => conflict.entity_id === id);
  }
  if (found) {
    for (const mention of found.records) {
      const was = locateIn(db, mention.type, mention.id);
      if (eraser.record(mention.type, mention.id, redaction(mention))) count += 1;
      const is = locateIn(db, mention.type, mention.id);
      if (!was || !is || is.deleted) continue;
      const { after } = patchBetween(was.payload, is.payload);
      eraser.noteChanged(mention.type, mention.id, fieldsIn(after));
    }
    for (const label of found.labels) eraser.label(label, pattern.redactJson(paramsOf(write, label)));
    const named = new Set(found.records.map((one) => one.id));
    dropConflicts(
      write,
      ({ entity_id, lost, won }) => named.has(entity_id) || pattern.mayBeIn(lost) || pattern.mayBeIn(won),
    );
    redactFacts(write, pattern);
    dropJobs(write, pattern);
  }
  dropConversations(write, person, pattern);
  eraser.finish();
  return { rows: eraser.rows, records: count };
}

const paramsOf = ({ db }: Write, id: number): JsonObject =>
  parsePayload(
    db.get<{ params: string | null }>('SELECT params FROM audit_transactions WHERE id = ?', [id])?.params ??
      null,
  );

interface Conflict {
  id: string;
  entity_id: string;
  lost: string | null;
  won: string | null;
}

/** Conflicts from a server contain values of both sides. */
function dropConflicts({ db }: Write, concerns: (conflict: Conflict) => boolean): void {
  for (const conflict of db.all<Conflict>('SELECT id, entity_id, lost, won FROM sync_conflicts'))
    if (concerns(conflict)) db.run('DELETE FROM sync_conflicts WHERE id = ?', [conflict.id]);
}

/** Inputs and results of ended jobs may name people, as an answer of Insights does. */
function dropJobs({ db }: Write, pattern: NamePattern): void {
  if (!tablesIn(db).has('jobs')) return;
  const over = db.all<{ id: string; text: string }>(
    `SELECT id, concat_ws(' ', input, checkpoint, result, error) AS text FROM jobs
     WHERE state IN ('completed', 'cancelled', 'dead')`,
  );
  for (const { id, text } of over) if (pattern.mayBeIn(text)) db.run('DELETE FROM jobs WHERE id = ?', [id]);
}

/** Questions, statements and requests to language models may name people. */
function dropConversations({ db }: Write, { id: person }: Pick<Person, 'id'>, pattern: NamePattern): void {
  if (!tablesIn(db).has('conversations')) return;
  for (const { id, turns } of db.all<{ id: string; turns: string }>('SELECT id, turns FROM conversations'))
    if (turns.includes(person) || pattern.mayBeIn(turns))
      db.run('DELETE FROM conversations WHERE id = ?', [id]);
}

/** The names of a sandbox and of the workspace among the file's facts. */
function redactFacts({ db }: Write, pattern: NamePattern): void {
  const facts = db.all<{ key: string; value: string }>(
    "SELECT key, value FROM workspace WHERE key IN ('name', 'sandbox_name')",
  );
  for (const { key, value } of facts) {
    const text = pattern.redactText(value);
    if (text !== value) db.run('UPDATE workspace SET value = ? WHERE key = ?', [text, key]);
  }
}
