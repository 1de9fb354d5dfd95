import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { inPast, openTarget } from '../../stores/target.ts';
import { askForName } from '../../ui/RenameForm.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import { turnTo } from '../workspace/turn.ts';
import { leaveFor, withLeft } from './leaving.ts';
import { isTaken, nameOf, whyNotCalledSo, nextName } from './names.ts';
import { comparisonsOf, sandboxesChanged } from './useSandboxes.ts';

/** Notices of sandboxes replace each other. */
const noticeId = 'sandbox';

type Doing = 'archive' | 'unarchive' | 'discard' | 'recover';

async function settle(doing: Doing, sandbox: Sandbox): Promise<void> {
  const { id } = sandbox;
  const name = nameOf(sandbox);
  const words = {
    archive: 'archived',
    unarchive: 'unarchived',
    discard: 'discarded',
    recover: 'recovered',
  } as const;
  const back = {
    archive: 'unarchive',
    unarchive: 'archive',
    discard: 'recover',
    recover: 'discard',
  } as const;
  try {
    await api.sandboxes[doing]({ id });
    void comparisonsOf(id, doing === 'discard');
    notice({
      id: noticeId,
      title: say(`play:done.${words[doing]}`, { name }),
      action: {
        label: say(doing === 'discard' ? 'play:done.recover' : 'common:undo'),
        run: () => void settle(back[doing], sandbox),
      },
    });
  } catch (error) {
    if (doing === 'recover' && isTaken(error)) recoverAs(sandbox);
    else reportError(error);
  } finally {
    await sandboxesChanged();
  }
}

export const archiveSandbox = (sandbox: Sandbox): Promise<void> => settle('archive', sandbox);
export const unarchiveSandbox = (sandbox: Sandbox): Promise<void> => settle('unarchive', sandbox);
export const recoverSandbox = (sandbox: Sandbox): Promise<void> => settle('recover', sandbox);

/** Discards a sandbox. An open one is left first. */
export async function discardSandbox(sandbox: Sandbox): Promise<void> {
  if (sandbox.id !== openTarget()) return settle('discard', sandbox);
  leaveFor(sandbox.id);
  await turnTo(null, { kind: 'play' });
}

/** Discards the sandbox that was open, now that live is. */
export async function discardLeft(): Promise<void> {
  if (inPast()) return;
  await withLeft(async (id) => {
    const all = await api.sandboxes.list({});
    const left = all.find((sandbox) => sandbox.id === id);
    if (left) await settle('discard', left);
  });
}

function recoverAs(sandbox: Sandbox): void {
  const { id } = sandbox;
  askForName({
    title: say('common:renameNamed', { name: nameOf(sandbox) }),
    now: nextName(nameOf(sandbox)),
    hint: say('play:recoverAs.hint'),
    button: say('play:done.recover'),
    explain: whyNotCalledSo,
    rename: async (name) => {
      await api.sandboxes.recover({ id, name });
      void comparisonsOf(id, false);
      await sandboxesChanged();
      notice({
        id: noticeId,
        title: say('play:done.recovered', { name }),
        action: { label: say('common:undo'), run: () => void settle('discard', { ...sandbox, name }) },
      });
      return { op_id: null };
    },
    done: (name) => say('play:done.recovered', { name }),
  });
}

/** Asks for a sandbox's new name. */
export function renameSandbox(sandbox: Sandbox): void {
  const { id } = sandbox;
  const before = sandbox.name ?? '';
  const call = async (name: string): Promise<void> => {
    await api.sandboxes.rename({ id, name });
    await sandboxesChanged();
  };
  askForName({
    title: say('play:rename.title'),
    now: before,
    hint: say('past:checkpoint.renameHint'),
    button: say('common:rename'),
    explain: whyNotCalledSo,
    rename: async (name) => {
      if (name === before) return { op_id: null };
      await call(name);
      notice({
        id: noticeId,
        title: say('play:rename.done', { name }),
        action: {
          label: say('common:undo'),
          run: () => void call(before).catch((error: unknown) => reportError(error)),
        },
      });
      // Changes no record, so no undo of records is offered.
      return { op_id: null };
    },
    done: (name) => say('play:rename.done', { name }),
  });
}
