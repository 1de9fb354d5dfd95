import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { shell } from '../../../api/shell.ts';
import { say } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoAction } from '../../../stores/undo.ts';
import { quotedTitle } from '../../../text/names.ts';
import { streamWithProgress } from '../../../ui/long-work.tsx';
import { notice, reportError } from '../../../ui/notices.tsx';

/** A new document about records, or the next version of a document. */
type AttachTarget = { recordIds: readonly string[] } | { document: string };

export async function attachFile(target: AttachTarget): Promise<EntityRecord | null> {
  try {
    const file = await shell.chooseFile({ purpose: 'document' });
    if (!file) return null;
    const input = 'document' in target ? target : { record_ids: [...target.recordIds] };
    const { record, change, op_id } = await whileSaving(() =>
      streamWithProgress(say('documents:attaching', { file: file.name }), (signal) =>
        api.documents.attach({ grant: file.grant, ...input }, { signal }),
      ),
    );
    const textKeys = {
      created: 'attached',
      updated: 'document' in target ? 'newVersion' : 'extended',
      unchanged: 'unchanged',
    } as const;
    notice({
      ...undoAction(op_id),
      title: say(`documents:${textKeys[change]}`, { title: quotedTitle(record.title, 'document') }),
    });
    return record;
  } catch (error) {
    reportError(error);
    return null;
  }
}
