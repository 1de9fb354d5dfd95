import type { Issue } from '#shared/contract/fault-data.ts';
import type { SharedSandbox } from '#shared/contract/shared-sandboxes.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { queries, keys } from '../../stores/queries.ts';
import { undoable } from '../../stores/undo.ts';
import { problemText } from '../../text/faults.ts';
import { notice, report } from '../../ui/notices.tsx';

/** Problems that are named; the rest is counted. */
const named = 3;

/** What to know about a copy: where live has changed since, and what could not be made. Null if nothing. */
export function takenText({ moved, problems }: { moved: number; problems: readonly Issue[] }): string | null {
  const texts = [
    ...(moved > 0 ? [say('play:shared.moved', { count: moved })] : []),
    ...(problems.length > 0 ? [say('play:shared.problems', { count: problems.length })] : []),
    ...problems.slice(0, named).map((one) => problemText(one)),
  ];
  return texts.length === 0 ? null : texts.join(' ');
}

export async function removeShared({ id }: SharedSandbox): Promise<void> {
  try {
    const { op_id, name } = await api.sandboxes.removeShared({ id });
    notice({ ...undoable(op_id), title: say('play:shared.deleted', { name }) });
  } catch (error) {
    report(error);
  } finally {
    await queries.invalidateQueries({ queryKey: keys.sharedSandboxes });
  }
}
