import type { Person, FileOccurrences } from '#shared/contract/people.ts';
import { isErased } from '#shared/domain/erased.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { findMentions } from './mentions.ts';
import type { Mentions } from './mentions.ts';
import { findWorkingCopies } from './working-copies.ts';
import type { NamePattern } from '#shared/domain/name-pattern.ts';

/** Log rows with values: emptied ones have no salt. */
const rowCountSql = `SELECT count(*) AS n FROM audit_logs WHERE entity_id = ? AND salt IS NOT NULL`;

export function* findInFile(
  db: ReadHandle,
  person: Person,
  pattern: NamePattern,
): Generator<
  number,
  Pick<FileOccurrences, 'record' | 'rows' | 'mentions' | 'labels' | 'copies'> & { allMentions: Mentions },
  void
> {
  const record = person.type === 'profile' ? undefined : locateIn(db, person.type, person.id);
  const state = !record
    ? 'none'
    : isErased(record.payload)
      ? 'erased'
      : record.deleted
        ? 'deleted'
        : 'present';
  const rows =
    state === 'none' || state === 'erased' ? 0 : (db.get<{ n: number }>(rowCountSql, [person.id])?.n ?? 0);
  const allMentions = yield* findMentions(db, person, pattern);
  const mentions = allMentions.records.map(({ type, id, title, fields, rows: rowCount }) => ({
    type,
    id,
    title,
    fields,
    rows: rowCount,
  }));
  const copies = findWorkingCopies(db, person, pattern).length;
  return { record: state, rows, mentions, labels: allMentions.labels.length, copies, allMentions };
}
