import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoAction } from '../../stores/undo.ts';
import { quotedTitle } from '../../text/names.ts';
import { streamWithProgress } from '../../ui/long-work.tsx';
import { notice, reportErrors } from '../../ui/notices.tsx';
import { effectText, isDone } from './effect-text.ts';

/** Marks a repair as done and measures its effect; if done already, only measures. Failures are shown in a notice. */
export async function markDone({ id, title, type, payload }: EntityRecord): Promise<void> {
  const params = { title: quotedTitle(title, type) };
  await reportErrors(async () => {
    const { record, measured, op_id } = await whileSaving(() =>
      streamWithProgress(say('repairs:done.working', params), (signal) =>
        api.repairs.markDone({ id }, { signal }),
      ),
    );
    notice({
      ...undoAction(op_id),
      title: say(isDone(payload) ? 'repairs:done.measured' : 'repairs:done.marked', params),
      more: effectText(record.payload, measured),
    });
  });
}
