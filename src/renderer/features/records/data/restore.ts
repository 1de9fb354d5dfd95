import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoable } from '../../../stores/undo.ts';
import { counted, joined, titleOr } from '../../../text/names.ts';
import { notice, report } from '../../../ui/notices.tsx';

/** Brings deleted records back with the links that went with them, one after the other, and says so. */
export async function restoreRecords(records: readonly EntityRecord[]): Promise<void> {
  for (const { type, id, title: name } of records) {
    const title = titleOr(name, type);
    try {
      const { op_id, links } = await whileSaving(() => api.entities.restore({ type, id }));
      notice({
        ...undoable(op_id),
        title: say('grid:restoreNotice', {
          title: joined([title, ...(links > 0 ? [counted('interface', links)] : [])]),
        }),
      });
    } catch (error) {
      report(error, say('grid:restoreFailed', { title }));
    }
  }
}
