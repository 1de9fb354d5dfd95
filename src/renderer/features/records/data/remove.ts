import type { Selection } from './selection.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { withProgress } from '../../../ui/in-notice.tsx';
import {
  typeBehind,
  countedAll,
  titleQuoted,
  joinWithAnd,
  countedEach,
  countedRecords,
} from '../../../text/names.ts';
import { follow } from '../../../api/stream.ts';
import { notice, reportError } from '../../../ui/notices.tsx';
import { undoAction } from '../../../stores/undo.ts';
import { say } from '../../../i18n/setup.ts';
import { deletedText } from '../../../text/audit.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { confirmAction } from '../../../ui/ActionDialog.tsx';

/** The part of a record needed to delete it. */
export type Named = Pick<EntityRecord, 'id' | 'type' | 'title'>;

type Removed = Pick<Awaited<ReturnType<typeof api.entities.remove>>, 'links' | 'references' | 'contents'> & {
  op_id: string | null;
  removed: number;
  retired: number;
};
type Progressing = Parameters<typeof withProgress<Removed>>[1];

export function countByType(records: readonly Pick<Named, 'type'>[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of records) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

function sumCounts(...all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [name, count] of all.flatMap((counts) => Object.entries(counts)))
    sum[typeBehind(name)] = (sum[typeBehind(name)] ?? 0) + count;
  return sum;
}

function removing(records: readonly Named[], withContents: boolean, retire: boolean): Progressing {
  const types = [...new Set(records.map(({ type }) => type))];
  const [first, ...also] = types.map((type) => ({
    type,
    ids: records.filter((one) => one.type === type).map(({ id }) => id),
  })) as [{ type: EntityType; ids: string[] }, ...{ type: EntityType; ids: string[] }[]];
  const [only, second] = records;
  return async (onProgress, signal) => {
    // A single record is named in the history.
    if (only && !second) {
      const { type, id } = only;
      const removed = await api.entities.remove({ type, id, with_contents: withContents });
      return { ...removed, removed: 1, retired: 0 };
    }
    const which = { kind: 'ids' as const, ids: first.ids };
    const input = { type: first.type, which, also, with_contents: withContents, retire };
    return await follow(api.entities.removeMany(input, { signal }), onProgress, signal);
  };
}

function notifyRemoved(removed: Removed, what: string): void {
  const { op_id, references, retired } = removed;
  notice({
    ...undoAction(op_id),
    title: deletedText(what, retired),
    ...(references > 0 ? { more: say('grid:references', { count: references }) } : {}),
  });
}

/**
 * Deletes records of any types in one undoable change. Asks only about universities with records, and shows these. `retire` sets students
 * among them inactive, which requires another record to delete. Returns true if they are deleted; errors are reported.
 */
export async function removeRecords(
  records: readonly Named[],
  { retire = false }: { retire?: boolean } = {},
): Promise<boolean> {
  const [only, second] = records;
  if (!only) return false;
  const deleted = retire ? records.filter(({ type }) => type !== 'student') : records;
  const title = second ? countedAll(countByType(deleted)) : titleQuoted(only.title, only.type);
  try {
    const universities = records.filter(({ type }) => type === 'university');
    const [first, ...others] = universities.map(({ id }) => id);
    const held = first
      ? await api.entities.previewRemoval({ type: 'university', id: first, also: others })
      : null;
    const asks = held !== null && Object.values(held.contents).some((count) => count > 0);
    const remove = removing(records, asks, retire);
    const work: Progressing = (onProgress, signal) => whileSaving(() => remove(onProgress, signal));
    const removed = await (asks
      ? confirmAction({
          title: say('grid:university.title', {
            title: joinWithAnd(universities.map((one) => titleQuoted(one.title, one.type))),
          }),
          text: say('grid:university.text'),
          counts: { ...held.contents, interfaces: held.links },
          button: say('commands:record.delete'),
          bad: true,
          run: work,
        })
      : withProgress(say('grid:deleting', { what: title }), work));
    if (!removed) return false;
    const also = { ...removed.contents, interfaces: removed.links };
    notifyRemoved(
      removed,
      second ? countedAll(sumCounts(countByType(deleted), also)) : joinWithAnd([title, ...countedEach(also)]),
    );
    return true;
  } catch (error) {
    reportError(error);
    return false;
  }
}

/** Deletes the selection of a list. Returns the deleted ids; null if all records of the list were deleted. */
export async function removeSelection(
  type: EntityType,
  { records, which, count }: Selection,
): Promise<readonly string[] | null> {
  if (records) return (await removeRecords(records)) ? records.map(({ id }) => id) : [];
  const what = countedRecords(type, count);
  try {
    const removed = await whileSaving(() =>
      withProgress(say('grid:deleting', { what }), (onProgress, signal) =>
        follow(api.entities.removeMany({ type, which }, { signal }), onProgress, signal),
      ),
    );
    const all = sumCounts({ [type]: removed.removed }, removed.contents, { interface: removed.links });
    notifyRemoved(removed, countedAll(all) || countedRecords(type, 0));
    return null;
  } catch (error) {
    reportError(error);
    return [];
  }
}
