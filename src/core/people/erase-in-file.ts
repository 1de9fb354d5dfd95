import type { Person } from '#shared/contract/people.ts';
import { erasedPatch, erasedPayload } from '#shared/domain/erased.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { parse } from '../log/audit/effect.ts';
import { Eraser } from '../log/records/eraser.ts';
import { locateIn } from '../log/records/locate.ts';
import { findMentions, redactionOf } from './mentions.ts';
import type { NamePattern } from './name-pattern.ts';

type Write = Pick<WriteContext, 'db' | 'audit' | 'records'>;

/** Rows of the log that were emptied, and records that were. */
export interface ErasedInFile {
  rows: number;
  records: number;
}

/** Empties the payloads of a record, past ones too. What stays ties other records to it. */
export const eraseRecord = (eraser: Eraser, type: AuditedType, id: string): boolean =>
  eraser.record(type, id, { whole: (payload) => erasedPayload(type, payload), patch: erasedPatch });

/**
 * Erases a person from one file within its transaction: the record is emptied and deleted, and with `mentions` the name is replaced in other records,
 * in labels of the history, and in what the file says of itself. Yields how many records and rows it has read.
 */
export function* eraseInFile(
  write: Write,
  person: Person,
  pattern: NamePattern,
  mentions: boolean,
): Generator<number, ErasedInFile, void> {
  const { db, audit, records } = write;
  const eraser = new Eraser(write);
  const { type, id } = person;
  let count = 0;
  if (type !== 'profile' && locateIn(db, type, id)) {
    if (eraseRecord(eraser, type, id)) count += 1;
    const record = locateIn(db, type, id);
    if (record && !record.deleted) records.remove(record);
    dropConflicts(write, (conflict) => conflict.entity_id === id);
  }
  if (mentions) {
    const found = yield* findMentions(db, person, pattern);
    for (const mention of found.records) {
      if (eraser.record(mention.type, mention.id, redactionOf(mention.type, person, pattern))) count += 1;
      if (!mention.deleted) eraser.noteChanged(mention.type, mention.id, mention.fields);
    }
    for (const label of found.labels) eraser.label(label, pattern.redactJson(paramsOf(write, label)));
    dropConflicts(write, ({ lost, won }) => pattern.mayBeIn(lost) || pattern.mayBeIn(won));
    redactFacts(write, pattern);
  }
  eraser.finish();
  const { rows } = eraser;
  if (audit.changes > 0) audit.label('people.erase', { type, id, rows, count });
  return { rows, records: count };
}

const paramsOf = ({ db }: Write, id: number): JsonObject =>
  parse(
    db.get<{ params: string | null }>('SELECT params FROM audit_transactions WHERE id = ?', [id])?.params ??
      null,
  );

interface Conflict {
  id: string;
  entity_id: string;
  lost: string | null;
  won: string | null;
}

/** Conflicts that were left by a server hold values of both sides. */
function dropConflicts({ db }: Write, concerns: (conflict: Conflict) => boolean): void {
  for (const conflict of db.all<Conflict>('SELECT id, entity_id, lost, won FROM sync_conflicts'))
    if (concerns(conflict)) db.run('DELETE FROM sync_conflicts WHERE id = ?', [conflict.id]);
}

/** The names of a sandbox and of the workspace, which a file says of itself beside its records. */
function redactFacts({ db }: Write, pattern: NamePattern): void {
  const facts = db.all<{ key: string; value: string }>(
    "SELECT key, value FROM workspace WHERE key IN ('name', 'sandbox_name')",
  );
  for (const { key, value } of facts) {
    const text = pattern.redactText(value);
    if (text !== value) db.run('UPDATE workspace SET value = ? WHERE key = ?', [text, key]);
  }
}
