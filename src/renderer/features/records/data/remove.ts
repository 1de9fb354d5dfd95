import type { Selection } from './selection.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { streamWithProgress, withProgress } from '../../../ui/long-work.tsx';
import {
  typeOfName,
  countedAll,
  quotedTitle,
  joinWithAnd,
  countedByType,
  countedRecords,
} from '../../../text/names.ts';
import { awaitResult } from '../../../api/stream.ts';
import { notice, reportError } from '../../../ui/notices.tsx';
import { undoAction } from '../../../stores/undo.ts';
import { say } from '../../../i18n/setup.ts';
import { deletedText } from '../../../text/audit.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { confirmAction } from '../../../ui/ActionDialog.tsx';

export type RemovalTarget = Pick<EntityRecord, 'id' | 'type' | 'title'>;

type RemovalResult = Pick<
  Awaited<ReturnType<typeof api.entities.remove>>,
  'links' | 'references' | 'contents'
> & {
  op_id: string | null;
  removed: number;
  retired: number;
};
type ProgressWork = Parameters<typeof withProgress<RemovalResult>>[1];

export function countByType(
  records: readonly Pick<RemovalTarget, 'type'>[],
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of records) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** The sums by type of counts by type or table. */
function sumCounts(...all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [name, count] of all.flatMap((counts) => Object.entries(counts)))
    sum[typeOfName(name)] = (sum[typeOfName(name)] ?? 0) + count;
  return sum;
}

function buildRemoval(
  records: readonly RemovalTarget[],
  withContents: boolean,
  retire: boolean,
): ProgressWork {
  const [first] = records;
  return async (onProgress, signal) => {
    // A single record is named in the history.
    if (first && records.length === 1 && !retire) {
      const { type, id } = first;
      const result = await api.entities.remove({ type, id, with_contents: withContents });
      return { ...result, removed: 1, retired: 0 };
    }
    const idsByType = Map.groupBy(records, (record) => record.type);
    const [firstGroup, ...also] = [...idsByType].map(([type, group]) => ({
      type,
      ids: group.map(({ id }) => id),
    }));
    const { type, ids } = firstGroup as { type: EntityType; ids: string[] };
    const input = { type, which: { kind: 'ids' as const, ids }, also, with_contents: withContents, retire };
    return await awaitResult(api.entities.removeMany(input, { signal }), onProgress, signal);
  };
}

function notifyRemoved(result: RemovalResult, removedText: string): void {
  const { op_id, references, retired } = result;
  notice({
    ...undoAction(op_id),
    title: deletedText(removedText, retired),
    ...(references > 0 ? { more: say('grid:references', { count: references }) } : {}),
  });
}

/**
 * Deletes records of any types in one undoable change. Asks only if a university has records, and shows how many. `retire` sets students
 * inactive instead of deleting them. Returns true if the change was made; errors are reported.
 */
export async function removeRecords(
  records: readonly RemovalTarget[],
  { retire = false }: { retire?: boolean } = {},
): Promise<boolean> {
  const [first] = records;
  if (!first) return false;
  const isSingle = records.length === 1;
  const deletedRecords = retire ? records.filter(({ type }) => type !== 'student') : records;
  const title = isSingle ? quotedTitle(first.title, first.type) : countedAll(countByType(deletedRecords));
  try {
    const universities = records.filter(({ type }) => type === 'university');
    const [firstId, ...otherIds] = universities.map(({ id }) => id);
    const preview = firstId
      ? await api.entities.previewRemoval({ type: 'university', id: firstId, also: otherIds })
      : null;
    const needsConfirmation = preview !== null && Object.values(preview.contents).some((count) => count > 0);
    const remove = buildRemoval(records, needsConfirmation, retire);
    const work: ProgressWork = (onProgress, signal) => whileSaving(() => remove(onProgress, signal));
    const result = await (needsConfirmation
      ? confirmAction({
          title: say('grid:university.title', {
            title: joinWithAnd(
              universities.map((university) => quotedTitle(university.title, university.type)),
            ),
          }),
          text: say('grid:university.text'),
          counts: { ...preview.contents, interfaces: preview.links },
          button: say('commands:record.delete'),
          bad: true,
          run: work,
        })
      : withProgress(say('grid:deleting', { what: title }), work));
    if (!result) return false;
    const otherCounts = { ...result.contents, interfaces: result.links };
    notifyRemoved(
      result,
      isSingle
        ? joinWithAnd([title, ...countedByType(otherCounts)])
        : countedAll(sumCounts(countByType(deletedRecords), otherCounts)),
    );
    return true;
  } catch (error) {
    reportError(error);
    return false;
  }
}

/** Deletes the selection of a list. Returns the deleted ids: empty on failure, null if the selection does not list its records. */
export async function removeSelection(
  type: EntityType,
  { records, which, count }: Selection,
): Promise<readonly string[] | null> {
  if (records) return (await removeRecords(records)) ? records.map(({ id }) => id) : [];
  const what = countedRecords(type, count);
  try {
    const result = await whileSaving(() =>
      streamWithProgress(say('grid:deleting', { what }), (signal) =>
        api.entities.removeMany({ type, which }, { signal }),
      ),
    );
    const counts = sumCounts({ [type]: result.removed }, result.contents, { interface: result.links });
    notifyRemoved(result, countedAll(counts) || countedRecords(type, 0));
    return null;
  } catch (error) {
    reportError(error);
    return [];
  }
}
