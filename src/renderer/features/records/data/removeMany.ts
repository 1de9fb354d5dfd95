import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { say } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoable } from '../../../stores/undo.ts';
import { counted, countedAll, typeBehind } from '../../../text/names.ts';
import { notice, report } from '../../../ui/notices.tsx';
import { withProgress } from './progress.tsx';
import type { Subjects } from './subjects.ts';

/** What goes in the same step beside the records of one type. */
interface More {
  /** How much of each type goes altogether. */
  counts: Readonly<Record<string, number>>;
  also: { type: EntityType; ids: string[] }[];
  /** Universities take along what they still have. */
  withContents: boolean;
}

/** Counts by type or by table, as one by type. */
function added(...all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [name, count] of all.flatMap((counts) => Object.entries(counts)))
    sum[typeBehind(name)] = (sum[typeBehind(name)] ?? 0) + count;
  return sum;
}

const named = (references: number, removed: number): string =>
  say(removed === 1 ? 'grid:references' : 'grid:referencesToSome', { count: references });

/** Deletes many records with their links as one undoable change, and says so with the way back. True when they are gone. */
export async function removeMany(
  type: EntityType,
  { count, which }: Pick<Subjects, 'count' | 'which'>,
  more?: More,
): Promise<boolean> {
  const what = more ? countedAll(more.counts) : counted(type, count);
  const input = { type, which, also: more?.also ?? [], with_contents: more?.withContents ?? false };
  try {
    const { op_id, removed, links, references, contents } = await whileSaving(() =>
      withProgress(say('grid:deleting', { what }), (onProgress, signal) =>
        follow(api.entities.removeMany(input, { signal }), onProgress, signal),
      ),
    );
    const all = added(more?.counts ?? { [type]: removed }, contents, { interface: links });
    notice({
      ...undoable(op_id),
      title: say('grid:deleteNotice', { title: countedAll(all) || counted(type, 0) }),
      ...(references > 0 ? { more: named(references, removed) } : {}),
    });
    return true;
  } catch (error) {
    report(error, say('grid:deleteFailed', { title: what }));
    return false;
  }
}
