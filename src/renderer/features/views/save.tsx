import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { goesAlong, keeping } from '../../stores/alongside.ts';
import { frontTab } from '../../stores/tabs/store.ts';
import { undoable } from '../../stores/undo.ts';
import { inSentence, typeNames } from '../../text/names.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice, report } from '../../ui/notices.tsx';
import { toSave } from './current.ts';
import type { Current } from './current.ts';
import { forgetLayout } from './layout.ts';
import { NameForm } from './NameForm.tsx';
import { changePrivate, createPrivate, removePrivate } from './private.ts';
import { readAgain } from './saved.ts';
import { showSaved } from './show-saved.ts';
import type { Known } from './saved.ts';

interface Asked {
  title: string;
  name: string;
  button: string;
  /** Whether only this person sees it; null where that is to be chosen. */
  mine: boolean | null;
}

function ask(asked: Asked, done: (name: string, mine: boolean) => Promise<void>): void {
  openDialog({ title: asked.title }, (close) => (
    <NameForm
      name={asked.name}
      button={asked.button}
      mine={asked.mine}
      onCancel={close}
      onName={async (given, mine) => {
        await done(given, mine);
        close();
      }}
    />
  ));
}

/** Asks for a name and saves what is shown under it, for everybody or for this person only; from then on it is shown as that view. */
export function saveAs(current: Current): void {
  const kept = toSave(current);
  const tab = frontTab();
  const asked = { title: say('views:saveTitle'), name: '', button: say('views:saveButton'), mine: null };
  ask(asked, async (name, mine) => {
    const { id, op } = mine ? createPrivate({ name, ...kept }) : await createdForAll(name, kept);
    await readAgain();
    const apart = showSaved(current, { tab, id, op });
    const more =
      apart === null
        ? say('views:savedMore')
        : say('views:savedApart', { what: inSentence(typeNames(apart)) });
    notice({ title: say('views:savedNotice', { name }), more, ...undoable(op) });
  });
}

type Kept = ReturnType<typeof toSave>;

async function createdForAll(name: string, kept: Kept) {
  const { view, op_id } = await api.views.create({ name, ...kept });
  return { id: view.id, op: op_id };
}

/** Changes a saved view, wherever it is kept. Gives the op_id of the change, or null when it was so already. */
async function changed(saved: Known, change: Partial<Kept & { name: string }>): Promise<string | null> {
  if (saved.mine) return changePrivate(saved, change);
  return (await api.views.update({ id: saved.id, ...change })).op_id;
}

/** Saves what is shown in place of what was saved. */
export async function saveChanges(current: Current): Promise<void> {
  const { saved } = current;
  if (!saved) return;
  try {
    const op = await changed(saved, toSave(current));
    await readAgain();
    const laid = keeping(() => forgetLayout(saved.id));
    if (op !== null) goesAlong(op, laid);
    notice({ title: say('views:changedNotice', { name: saved.name }), ...undoable(op) });
  } catch (error) {
    report(error, say('views:saveFailed', { name: saved.name }));
  }
}

export function rename(saved: Known): void {
  const { name, mine } = saved;
  const asked = { title: say('views:renameTitle', { name }), name, button: say('views:renameButton'), mine };
  ask(asked, async (next) => {
    const op = await changed(saved, { name: next });
    await readAgain();
    if (op !== null) notice({ title: say('views:renamedNotice', { name, next }), ...undoable(op) });
  });
}

/** Deletes a saved view; what is shown stays. */
export async function remove(saved: Known): Promise<void> {
  const { id, name, mine } = saved;
  try {
    const op = mine ? removePrivate(saved) : (await api.views.remove({ id })).op_id;
    await readAgain();
    notice({ title: say('views:deletedNotice', { name }), ...undoable(op) });
  } catch (error) {
    report(error, say('views:deleteFailed', { name }));
  }
}
