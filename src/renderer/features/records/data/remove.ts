import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoable } from '../../../stores/undo.ts';
import { counted, countedAll, joined, titleOr } from '../../../text/names.ts';
import { notice, report } from '../../../ui/notices.tsx';
import { askAboutUniversity } from './askAboutUniversity.tsx';

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

/** Deletes several, one after the other, and says how many went. Gives the ids of those that are gone. */
export async function removeRecords(records: readonly EntityRecord[]): Promise<readonly string[]> {
  const [first] = records;
  if (!first) return [];
  if (records.length === 1) return (await removeRecord(first)) ? [first.id] : [];
  const gone: string[] = [];
  let links = 0;
  try {
    for (const record of records) {
      const removed = await removeOne(record);
      if (!removed) continue;
      gone.push(record.id);
      links += removed.links;
    }
  } catch (error) {
    report(error);
  }
  if (gone.length === 0) return gone;
  notice({
    title: say('grid:deleteNotice', {
      title: withCompany(counted(first.type, gone.length), { contents: {}, links }),
    }),
    more: say('grid:eachUndone'),
  });
  return gone;
}
