import type { EntityRecord } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoable } from '../../../stores/undo.ts';
import { counted, countedAll, joined, titleOr } from '../../../text/names.ts';
import { notice, report } from '../../../ui/notices.tsx';
import { askAboutUniversity } from './askAboutUniversity.tsx';
import { removeMany } from './removeMany.ts';
import { removeMixed } from './removeMixed.ts';
import type { Subjects } from './subjects.ts';

type Removed = Awaited<ReturnType<typeof api.entities.remove>>;

/** "Thermal and 3 links", "Summit, 12 teams and 40 links". */
function withCompany(title: string, { contents, links }: Pick<Removed, 'contents' | 'links'>): string {
  const parts = [title, countedAll(contents), links > 0 ? counted('interface', links) : ''];
  return joined(parts.filter((part) => part !== ''));
}

/** Deletes without asking, except a university that still has records. Null when the person thought better of it. */
async function removeOne({ type, id, title }: EntityRecord): Promise<Removed | null> {
  if (type !== 'university') return await whileSaving(() => api.entities.remove({ type, id }));
  const preview = await api.entities.previewRemoval({ type, id });
  const holds = Object.values(preview.contents).some((count) => count > 0);
  if (holds && !(await askAboutUniversity(titleOr(title, type), preview))) return null;
  return await whileSaving(() => api.entities.remove({ type, id, with_contents: holds }));
}

/** Deletes a record and says so, with the way back. True when it is gone. */
export async function removeRecord(record: EntityRecord): Promise<boolean> {
  const title = titleOr(record.title, record.type);
  try {
    const removed = await removeOne(record);
    if (!removed) return false;
    notice({
      ...undoable(removed.op_id),
      title: say('grid:deleteNotice', { title: withCompany(title, removed) }),
      ...(removed.references > 0 ? { more: say('grid:references', { count: removed.references }) } : {}),
    });
    return true;
  } catch (error) {
    report(error, say('grid:deleteFailed', { title }));
    return false;
  }
}

/**
 * Deletes what is meant: one record, or many as one change; universities after one question about what they take along. Gives the ids of
 * those that are gone; null when every record of the list is.
 */
export async function removeSubjects(
  type: EntityType,
  subjects: Subjects,
): Promise<readonly string[] | null> {
  const { records } = subjects;
  const [first, second] = records ?? [];
  if (records && first && !second) return (await removeRecord(first)) ? [first.id] : [];
  const done =
    records && type === 'university' ? await removeMixed(records) : await removeMany(type, subjects);
  if (!done) return [];
  return records?.map(({ id }) => id) ?? null;
}
