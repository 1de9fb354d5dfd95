import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { adjustList } from '../../stores/address.ts';
import { frontTab } from '../../stores/tabs/store.ts';
import type { NoticeAction } from '../../stores/notices.ts';
import { undoable } from '../../stores/undo.ts';
import { inSentence, typeNames } from '../../text/names.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice, report } from '../../ui/notices.tsx';
import { toSave } from './current.ts';
import type { Current } from './current.ts';
import { forgetLayout, takeAlong } from './layout.ts';
import { NameForm } from './NameForm.tsx';
import { begin } from './opened.ts';
import { changePrivate, createPrivate, removePrivate } from './private.ts';
import { readAgain } from './saved.ts';
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

/** The way back from a change of a private view, which is none of the workspace's. */
const backBy = (back: () => void): { action: NoticeAction } => ({
  action: { label: say('common:undo'), run: back },
});

/** Asks for a name and saves what is shown under it, for everybody or for this person only; from then on it is shown as that view. */
export function saveAs(current: Current): void {
  const kept = toSave(current);
  const tab = frontTab();
  const asked = { title: say('views:saveTitle'), name: '', button: say('views:saveButton'), mine: null };
  ask(asked, async (name, mine) => {
    const { id, way } = mine ? createdFor(name, kept) : await createdForAll(name, kept);
    if (current.saved) forgetLayout(current.saved.id);
    await readAgain();
    const { view } = current;
    if (view.kind === 'list') adjustList({ saved: id }, tab);
    else begin(tab, view.kind, id);
    const apart = view.kind === 'list' && current.saved === null && takeAlong(view.type, tab);
    const more = apart
      ? say('views:savedApart', { what: inSentence(typeNames(view.type)) })
      : say('views:savedMore');
    notice({ title: say('views:savedNotice', { name }), more, ...way });
  });
}

type Kept = ReturnType<typeof toSave>;

function createdFor(name: string, kept: Kept) {
  const { id, back } = createPrivate({ name, ...kept });
  return { id, way: backBy(back) };
}

async function createdForAll(name: string, kept: Kept) {
  const { view, op_id } = await api.views.create({ name, ...kept });
  return { id: view.id, way: undoable(op_id) };
}

/** Changes a saved view, wherever it is kept. Gives the way back, or null when it was so already. */
async function changed({ id, mine }: Known, change: Partial<Kept & { name: string }>) {
  if (mine) return backBy(changePrivate(id, change));
  const { op_id } = await api.views.update({ id, ...change });
  return op_id === null ? null : undoable(op_id);
}

/** Saves what is shown in place of what was saved. */
export async function saveChanges(current: Current): Promise<void> {
  const { saved } = current;
  if (!saved) return;
  try {
    const way = await changed(saved, toSave(current));
    await readAgain();
    forgetLayout(saved.id);
    notice({ title: say('views:changedNotice', { name: saved.name }), ...way });
  } catch (error) {
    report(error, say('views:saveFailed', { name: saved.name }));
  }
}

export function rename(saved: Known): void {
  const { name, mine } = saved;
  const asked = { title: say('views:renameTitle', { name }), name, button: say('views:renameButton'), mine };
  ask(asked, async (next) => {
    const way = await changed(saved, { name: next });
    await readAgain();
    if (way !== null) notice({ title: say('views:renamedNotice', { name, next }), ...way });
  });
}

/** Deletes a saved view; what is shown stays. */
export async function remove({ id, name, mine }: Known): Promise<void> {
  try {
    const way = mine ? backBy(removePrivate(id)) : undoable((await api.views.remove({ id })).op_id);
    await readAgain();
    notice({ title: say('views:deletedNotice', { name }), ...way });
  } catch (error) {
    report(error, say('views:deleteFailed', { name }));
  }
}
