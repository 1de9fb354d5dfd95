import type { Issue } from '#shared/contract/fault-data.ts';
import type { SharedSandbox } from '#shared/contract/shared-sandboxes.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { queryClient, queryKeys } from '../../stores/queries.ts';
import { undoAction } from '../../stores/undo.ts';
import { problemText } from '../../text/faults.ts';
import { notice, reportError } from '../../ui/notices.tsx';

/** At most this many problems are named; the others are counted. */
const maxNamedProblems = 3;

/** A note about the copy of a shared sandbox: changes of live since then, and changes that failed; null without either. */
export function copyNote({ moved, problems }: { moved: number; problems: readonly Issue[] }): string | null {
  const texts = [
    ...(moved > 0 ? [say('play:shared.moved', { count: moved })] : []),
    ...(problems.length > 0 ? [say('play:shared.problems', { count: problems.length })] : []),
    ...problems.slice(0, maxNamedProblems).map((one) => problemText(one)),
  ];
  return texts.length === 0 ? null : texts.join(' ');
}

export async function removeShared({ id }: SharedSandbox): Promise<void> {
  try {
    const { op_id, name } = await api.sandboxes.removeShared({ id });
    notice({ ...undoAction(op_id), title: say('play:shared.deleted', { name }) });
  } catch (error) {
    reportError(error);
  } finally {
    await queryClient.invalidateQueries({ queryKey: queryKeys.sharedSandboxes });
  }
}
