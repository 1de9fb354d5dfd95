import { listOf } from '#shared/address/view.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { go } from '../../stores/address.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoable } from '../../stores/undo.ts';
import { countedAll } from '../../text/names.ts';
import { notice, report } from '../../ui/notices.tsx';
import { changesOf, countsOf, universityOf } from './changes.ts';
import type { WizardDraft } from './draft.ts';

/** Creates everything that was entered as one step, and goes to its teams in that tab. False when that failed, which a notice tells. */
export async function createAll(draft: WizardDraft, tab: string): Promise<boolean> {
  try {
    const { op_id } = await whileSaving(() => api.entities.change({ changes: changesOf(draft) }));
    const what = countedAll(countsOf(draft));
    notice({ ...undoable(op_id), title: say('wizard:review.created', { what }) });
    const filters = [{ field: 'university_id', op: 'is' as const, value: universityOf(draft) }];
    go({ ...listOf('team'), filters }, { tab });
    return true;
  } catch (error) {
    report(error, say('wizard:review.failed'));
    return false;
  }
}
