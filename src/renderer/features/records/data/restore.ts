import type { RestoredDependants } from '#shared/contract/entities.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoAction } from '../../../stores/undo.ts';
import { deletedReferencesIn, deletedReferenceText } from '../../../text/deleted-reference.ts';
import type { DeletedReference } from '../../../text/deleted-reference.ts';
import { countedRecords, countedByType, joinWithAnd, quotedTitle } from '../../../text/names.ts';
import { notice, reportError } from '../../../ui/notices.tsx';
import { streamWithProgress } from '../../../ui/long-work.tsx';

function notifyObstacles(
  records: readonly EntityRecord[],
  what: string,
  deleted: readonly DeletedReference[],
): void {
  notice({
    id: `restore:${records.map(({ id }) => id).join(' ')}`,
    tone: 'bad',
    title: say('grid:restoreFailed', { title: what }),
    more: deletedReferenceText(deleted),
    action: {
      label: say('grid:restoreGone.all'),
      run: () => void restoreRecords(records, deleted),
    },
  });
}

/** Restores deleted records of one type in one change, also the records `withDeleted` that they refer to. Returns whether it did. */
export async function restoreRecords(
  records: readonly EntityRecord[],
  withDeleted: readonly DeletedReference[] = [],
): Promise<boolean> {
  const [first] = records;
  if (!first) return false;
  const { type, id } = first;
  const isSingle = records.length === 1;
  const with_references = withDeleted.length > 0;
  const what = isSingle ? quotedTitle(first.title, type) : countedRecords(type, records.length);
  try {
    const ids = records.map((record) => record.id);
    const { op_id, links, contents } = await whileSaving(
      (): Promise<RestoredDependants & { op_id: string | null }> =>
        isSingle
          ? api.entities.restore({ type, id, with_references })
          : streamWithProgress(say('grid:restoring', { what }), (signal) =>
              api.entities.restoreMany({ type, ids, with_references }, { signal }),
            ),
    );
    const referenceTitles = isSingle
      ? withDeleted.map((deleted) => quotedTitle(deleted.title, deleted.type))
      : [];
    const otherCounts = countedByType({ ...contents, interfaces: links });
    notice({
      ...undoAction(op_id),
      title: say('audit:restore', { title: joinWithAnd([what, ...referenceTitles, ...otherCounts]) }),
      ...(with_references && !isSingle ? { more: say('grid:restoreGone.cameToo') } : {}),
    });
    return true;
  } catch (error) {
    const deleted = with_references ? [] : deletedReferencesIn(error);
    if (deleted.length > 0) notifyObstacles(records, what, deleted);
    else reportError(error);
    return false;
  }
}
