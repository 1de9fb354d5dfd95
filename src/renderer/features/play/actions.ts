import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { inPast, pageTarget } from '../../stores/target.ts';
import { askForName } from '../../ui/RenameForm.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import { switchTo } from '../workspace/switch-target.ts';
import { isNameTaken, nameOf, nameProblem, nextName } from './names.ts';
import { reloadComparisons, refreshSandboxes } from './useSandboxes.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import type { SharedSandbox } from '#shared/contract/shared-sandboxes.ts';
import { queryClient, queryKeys } from '../../stores/queries.ts';
import { undoAction } from '../../stores/undo.ts';
import { problemText } from '../../text/faults.ts';
import { windowStore } from '../../api/window-store.ts';
import { setSeatItem, useSeatItem, useSeat } from '../../stores/seat.ts';

/** Notices of sandboxes replace each other. */
const noticeId = 'sandbox';

type SandboxAction = 'archive' | 'unarchive' | 'discard' | 'recover';

async function runAction(action: SandboxAction, sandbox: Sandbox): Promise<void> {
  const { id } = sandbox;
  const name = nameOf(sandbox);
  const doneKeys = {
    archive: 'archived',
    unarchive: 'unarchived',
    discard: 'discarded',
    recover: 'recovered',
  } as const;
  const inverseActions = {
    archive: 'unarchive',
    unarchive: 'archive',
    discard: 'recover',
    recover: 'discard',
  } as const;
  try {
    await api.sandboxes[action]({ id });
    void reloadComparisons(id, action === 'discard');
    notice({
      id: noticeId,
      title: say(`play:done.${doneKeys[action]}`, { name }),
      action: {
        label: say(action === 'discard' ? 'play:done.recover' : 'common:undo'),
        run: () => void runAction(inverseActions[action], sandbox),
      },
    });
  } catch (error) {
    if (action === 'recover' && isNameTaken(error)) recoverAs(sandbox);
    else reportError(error);
  } finally {
    await refreshSandboxes();
  }
}

export const archiveSandbox = (sandbox: Sandbox): Promise<void> => runAction('archive', sandbox);
export const unarchiveSandbox = (sandbox: Sandbox): Promise<void> => runAction('unarchive', sandbox);
export const recoverSandbox = (sandbox: Sandbox): Promise<void> => runAction('recover', sandbox);

/** Discards a sandbox. If the sandbox is open, the window first leaves it. */
export async function discardSandbox(sandbox: Sandbox): Promise<void> {
  if (sandbox.id !== pageTarget()) return runAction('discard', sandbox);
  discardAfterLeaving(sandbox.id);
  await switchTo(null, { kind: 'play' });
}

/** After the window left a sandbox for live, discards that sandbox if `discardSandbox` was called for it. */
export async function discardPending(): Promise<void> {
  if (inPast()) return;
  await withPendingDiscard(async (id) => {
    const sandboxes = await api.sandboxes.list({});
    const pending = sandboxes.find((sandbox) => sandbox.id === id);
    if (pending) await runAction('discard', pending);
  });
}

function recoverAs(sandbox: Sandbox): void {
  const { id } = sandbox;
  askForName({
    title: say('common:renameNamed', { name: nameOf(sandbox) }),
    currentName: nextName(nameOf(sandbox)),
    hint: say('play:recoverAs.hint'),
    button: say('play:done.recover'),
    explain: nameProblem,
    rename: async (name) => {
      await api.sandboxes.recover({ id, name });
      void reloadComparisons(id, false);
      await refreshSandboxes();
      notice({
        id: noticeId,
        title: say('play:done.recovered', { name }),
        action: { label: say('common:undo'), run: () => void runAction('discard', { ...sandbox, name }) },
      });
      return { op_id: null };
    },
    doneText: (name) => say('play:done.recovered', { name }),
  });
}

export function renameSandbox(sandbox: Sandbox): void {
  const { id } = sandbox;
  const oldName = sandbox.name ?? '';
  const saveName = async (name: string): Promise<void> => {
    await api.sandboxes.rename({ id, name });
    await refreshSandboxes();
  };
  askForName({
    title: say('play:rename.title'),
    currentName: oldName,
    hint: say('past:checkpoint.renameHint'),
    button: say('common:rename'),
    explain: nameProblem,
    rename: async (name) => {
      if (name === oldName) return { op_id: null };
      await saveName(name);
      notice({
        id: noticeId,
        title: say('play:rename.done', { name }),
        action: {
          label: say('common:undo'),
          run: () => void saveName(oldName).catch((error: unknown) => reportError(error)),
        },
      });
      // A new name changes no record, so no undo of records is offered.
      return { op_id: null };
    },
    doneText: (name) => say('play:rename.done', { name }),
  });
}

/** At most this many problems are named; the others are counted. */
const maxNamedProblems = 3;

/** A note about the copy of a shared sandbox: how many records live changed since, and which changes failed; null if neither. */
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

const seatKey = 'common:discard';

const useDiscarding = windowStore<{ id: string | null }>(() => ({ id: null }));

/** Stores a sandbox to be discarded after the page that has it open is closed. */
const discardAfterLeaving = (id: string): void => setSeatItem(seatKey, id);

/** Whether a sandbox is being discarded, so that its comparison is hidden. */
export function useIsDiscarding(id: string): boolean {
  const storedId = useSeatItem(seatKey);
  const discardingId = useDiscarding((state) => state.id);
  return pageTarget() !== id && (storedId === id || discardingId === id);
}

/** Runs `discard` once for the sandbox that was stored to be discarded. */
async function withPendingDiscard(discard: (id: string) => Promise<void>): Promise<void> {
  const id = useSeat.getState().items[seatKey];
  if (id === undefined || id === pageTarget()) return;
  setSeatItem(seatKey, null);
  if (typeof id !== 'string') return;
  useDiscarding.setState({ id });
  try {
    await discard(id);
  } finally {
    useDiscarding.setState({ id: null });
  }
}
