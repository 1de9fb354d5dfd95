import type { WriteContext } from '../log/commands/write-context.ts';
import { locateRecord } from '../log/records/locate.ts';
import { universityOf } from '../log/records/university.ts';

/**
 * The university of a document: that of the first described record that has one; a link has that of its source, or else its target. An
 * editor's document belongs to the editor's own university, because editors may write nowhere else.
 */
export function describedUniversity(
  { db, actor }: Pick<WriteContext, 'db' | 'actor'>,
  recordIds: readonly string[],
): string | null {
  if (actor.role === 'editor') return actor.university_id;
  for (const id of recordIds) {
    const record = locateRecord(db, id);
    const university = record && universityOf(db, record);
    if (typeof university === 'string') return university;
  }
  return null;
}
