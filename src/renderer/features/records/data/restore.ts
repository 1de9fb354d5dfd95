import type { EntityRecord } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { say } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoable } from '../../../stores/undo.ts';
import { counted, joined, titleOr } from '../../../text/names.ts';
import { notice, report } from '../../../ui/notices.tsx';
import { withProgress } from './progress.tsx';

type Restored = Pick<Awaited<ReturnType<typeof api.entities.restore>>, 'op_id' | 'links'>;

/** Restores several records of a type as one change; after a moment it is said how far it is. */
function restoreMany(type: EntityType, records: readonly EntityRecord[], what: string): Promise<Restored> {
  const ids = records.map(({ id }) => id);
  return withProgress(say('grid:restoring', { what }), (onProgress, signal) =>
    follow(api.entities.restoreMany({ type, ids }, { signal }), onProgress, signal),
  );
}

/** Brings deleted records of one type back with the links that went with them, as one change, and says so. True when they are there. */
export async function restoreRecords(records: readonly EntityRecord[]): Promise<boolean> {
  const [first] = records;
  if (!first) return false;
  const { type, id } = first;
  const one = records.length === 1;
  const what = one ? titleOr(first.title, type) : counted(type, records.length);
  try {
    const { op_id, links } = await whileSaving(() =>
      one ? api.entities.restore({ type, id }) : restoreMany(type, records, what),
    );
    const parts = [what, ...(links > 0 ? [counted('interface', links)] : [])];
    notice({ ...undoable(op_id), title: say('grid:restoreNotice', { title: joined(parts) }) });
    return true;
  } catch (error) {
    report(error, say('grid:restoreFailed', { title: what }));
    return false;
  }
}
