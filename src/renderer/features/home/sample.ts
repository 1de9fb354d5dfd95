import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { nextQuery } from '../../stores/own-steps.ts';
import { stepBack, undoable } from '../../stores/undo.ts';
import { faultData } from '../../text/faults.ts';
import { notice, report } from '../../ui/notices.tsx';

/** Takes the made-up records out, and says what stays of them. One's own records are not touched. */
export async function takeSampleOut(): Promise<void> {
  try {
    const { op_id, left } = await api.workspace.clearSample({});
    notice({
      ...undoable(op_id),
      title: say('home:sample.cleared'),
      ...(left > 0 ? { more: say('home:sample.left', { count: left }), stays: 15_000 } : {}),
    });
  } catch (error) {
    if (faultData(error, 'UNDO_CONFLICT')) {
      notice({ title: say('home:sample.failed'), more: say('home:sample.nothing') });
    } else report(error, say('home:sample.failed'));
  }
}

/** What brings the sample back into the workspace that it was taken out of last; null where that was not the last change. */
export function useSampleBack(): (() => void) | null {
  const { data } = useQuery(nextQuery);
  return data?.undo?.label === 'sample.clear' ? () => void stepBack('undo') : null;
}
