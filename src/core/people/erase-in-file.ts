import type { Person } from '#shared/contract/people.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { NamePattern } from '#shared/domain/name-pattern.ts';
import { emptyingRedaction, redactionOf } from '#shared/domain/redaction.ts';
import type { Redaction } from '#shared/domain/redaction.ts';
import { fieldsIn, patchBetween } from '#shared/domain/patch.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';
import { Eraser } from '../log/records/eraser.ts';
import { locateIn } from '../log/records/locate.ts';
import { findMentions } from './mentions.ts';
import type { Mentions } from './mentions.ts';
import { deleteWorkingCopies, findWorkingCopies, redactFacts } from './working-copies.ts';

type ErasureContext = Pick<WriteContext, 'db' | 'audit' | 'records'>;

/** Numbers of emptied log rows and records. */
export interface ErasureCounts {
  rows: number;
  records: number;
}

/** Empties all payloads of a record, past ones too, except for its references. */
export const eraseRecord = (eraser: Eraser, type: AuditedType, id: string): boolean =>
  eraser.redactRecord(type, id, emptyingRedaction(type));

/** Erases a person from one file; with `erasesMentions` also from other texts, labels and facts. Yields the rows read. */
export function* eraseInFile(
  write: ErasureContext,
  person: Person,
  pattern: NamePattern,
  { erasesMentions, keepsProfiles = false }: { erasesMentions: boolean; keepsProfiles?: boolean },
): Generator<number, ErasureCounts, void> {
  const foundMentions = erasesMentions
    ? yield* findMentions(write.db, person, pattern, { keepsProfiles })
    : null;
  const counts = eraseWithMentions(write, person, pattern, foundMentions);
  const { type, id } = person;
  const { rows, records: count } = counts;
  if (write.audit.changes > 0) write.audit.label('people.erase', { type, id, rows, count });
  return counts;
}

export type MentionedRecord = Pick<Mentions['records'][number], 'type' | 'id'>;
/** Records and labels that name a person; null if they stay unchanged. */
export type FoundMentions = { records: readonly MentionedRecord[]; labels: readonly number[] } | null;

/** Like `eraseInFile`, with mentions already found. `redactionFor` chooses how each record is redacted. */
export function eraseWithMentions(
  write: ErasureContext,
  person: Pick<Person, 'type' | 'id'>,
  pattern: NamePattern,
  mentions: FoundMentions,
  redactionFor: (record: MentionedRecord) => Redaction = ({ type }) => redactionOf(type, person, pattern),
): ErasureCounts {
  const { db, records } = write;
  const eraser = new Eraser(write);
  const { type, id } = person;
  let recordCount = 0;
  if (type !== 'profile' && locateIn(db, type, id)) {
    if (eraseRecord(eraser, type, id)) recordCount += 1;
    const record = locateIn(db, type, id);
    if (record && !record.deleted) records.remove(record);
    deleteConflicts(write, [id]);
  }
  if (mentions) {
    for (const mention of mentions.records) {
      const previous = locateIn(db, mention.type, mention.id);
      if (eraser.redactRecord(mention.type, mention.id, redactionFor(mention))) recordCount += 1;
      const current = locateIn(db, mention.type, mention.id);
      if (!previous || !current || current.deleted) continue;
      const { after } = patchBetween(previous.payload, current.payload);
      eraser.logFields(mention.type, mention.id, fieldsIn(after));
    }
    for (const label of mentions.labels)
      eraser.redactParams(label, pattern.redactJson(paramsOf(write, label)));
    deleteConflicts(
      write,
      mentions.records.map((mention) => mention.id),
    );
    redactFacts(db, pattern);
    deleteWorkingCopies(db, findWorkingCopies(db, person, pattern));
  }
  eraser.finish();
  return { rows: eraser.rowCount, records: recordCount };
}

const paramsOf = ({ db }: ErasureContext, id: number): JsonObject =>
  parsePayload(
    db.get<{ params: string | null }>('SELECT params FROM audit_transactions WHERE id = ?', [id])?.params ??
      null,
  );

/** Deletes conflicts of records, which contain values of both sides. */
function deleteConflicts({ db }: ErasureContext, records: readonly string[]): void {
  for (const id of records) db.run('DELETE FROM sync_conflicts WHERE entity_id = ?', [id]);
}
