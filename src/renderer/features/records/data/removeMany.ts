import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { say } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoable } from '../../../stores/undo.ts';
import { counted, joined } from '../../../text/names.ts';
import { notice, report } from '../../../ui/notices.tsx';
import { withProgress } from './progress.tsx';
import type { Subjects } from './subjects.ts';

/** Deletes many records with their links as one undoable change, and says so with the way back. True when they are gone. */
export async function removeMany(type: EntityType, { count, which }: Subjects): Promise<boolean> {
  const what = counted(type, count);
  try {
    const { op_id, removed, links, references } = await whileSaving(() =>
      withProgress(say('grid:deleting', { what }), (onProgress, signal) =>
        follow(api.entities.removeMany({ type, which }, { signal }), onProgress, signal),
      ),
    );
    const parts = [counted(type, removed), ...(links > 0 ? [counted('interface', links)] : [])];
    notice({
      ...undoable(op_id),
      title: say('grid:deleteNotice', { title: joined(parts) }),
      ...(references > 0 ? { more: say('grid:references', { count: references }) } : {}),
    });
    return true;
  } catch (error) {
    report(error, say('grid:deleteFailed', { title: what }));
    return false;
  }
}
