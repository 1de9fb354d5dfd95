import { maxLengths } from '#shared/domain/limits.ts';
import { Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { EntityType } from '#shared/domain/types.ts';
import { adjustList } from '../../stores/address.ts';
import { frontTab } from '../../stores/tabs/store.ts';
import type { CurrentView } from './current.ts';
import { discardLayout, restoreSeatLayout } from './layout.ts';
import { setSavedView } from './open-saved.ts';
import { refreshViews } from './saved.ts';
import type { ParsedView } from './saved.ts';
import { DialogForm } from '../../ui/DialogForm.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { undoAction } from '../../stores/undo.ts';
import { inSentence, typeNames } from '../../text/names.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice, reportErrors } from '../../ui/notices.tsx';
import { askForName } from '../../ui/RenameForm.tsx';
import { contentToSave } from './current.ts';
import { changePrivate, createPrivate, removePrivate } from './private.ts';
import styles from './views.module.css';

/** Opens the view that was just saved. Returns the type whose list layout was reset, if any. */
function showSaved({ view, saved }: CurrentView, tab: string, id: string): EntityType | null {
  if (view.kind === 'list') adjustList({ saved: id }, tab);
  else setSavedView(tab, view.kind, id);
  if (saved) discardLayout(saved.id);
  return view.kind === 'list' && saved === null && restoreSeatLayout(view.type, tab) ? view.type : null;
}

interface Props {
  onCancel: () => void;
  onName: (name: string, isMine: boolean) => Promise<void>;
}

/** Asks for the name and the audience of a new view; a failed save keeps the input and shows the reason. */
function NewViewForm({ onCancel, onName }: Props) {
  const { t } = useTexts('views');
  const [text, setText] = useState('');
  const [audience, setAudience] = useState('all');
  const [isSubmitted, setSubmitted] = useState(false);
  const { failure, ...submit } = useSubmit(async () => {
    setSubmitted(true);
    if (text.trim() !== '') await onName(text.trim(), audience === 'me');
  });
  return (
    <DialogForm {...submit} className="stack gap-16" saveLabel={t('saveTitle')} onCancel={onCancel}>
      <TextInput
        data-autofocus
        label={t('records:field.name')}
        value={text}
        maxLength={maxLengths.name}
        error={isSubmitted && text.trim() === '' ? t('common:nameNeeded') : failure}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Radio.Group label={t('views:whoSees')} value={audience} onChange={setAudience}>
        <div className={`stack gap-8 ${styles.whose}`}>
          <Radio size="sm" value="all" label={t('views:everybody')} />
          <Radio size="sm" value="me" label={t('views:onlyMe')} description={t('views:onlyMeHint')} />
        </div>
      </Radio.Group>
    </DialogForm>
  );
}

export function saveAs(current: CurrentView): void {
  const content = contentToSave(current);
  const tab = frontTab();
  openDialog({ title: say('views:saveTitle') }, (close) => (
    <NewViewForm
      onCancel={close}
      onName={async (name, isMine) => {
        const { id, op } = isMine
          ? { id: createPrivate({ name, ...content }), op: null }
          : await createShared(name, content);
        await refreshViews();
        const resetType = showSaved(current, tab, id);
        const more =
          resetType === null
            ? say('views:savedMore')
            : say('views:savedApart', { what: inSentence(typeNames(resetType)) });
        notice({ title: say('audit:viewCreate', { title: name }), more, ...undoAction(op) });
        close();
      }}
    />
  ));
}

type ViewContent = ReturnType<typeof contentToSave>;

async function createShared(name: string, content: ViewContent) {
  const { view, op_id } = await api.views.create({ name, ...content });
  return { id: view.id, op: op_id };
}

/** Changes a shared or private view. Returns the op_id; null for a private view or if nothing changed. */
async function changeView(
  saved: ParsedView,
  change: Partial<ViewContent & { name: string }>,
): Promise<string | null> {
  if (saved.isMine) {
    changePrivate(saved.id, change);
    return null;
  }
  return (await api.views.update({ id: saved.id, ...change })).op_id;
}

export async function saveChanges(current: CurrentView): Promise<void> {
  const { saved } = current;
  if (!saved) return;
  await reportErrors(async () => {
    const op = await changeView(saved, contentToSave(current));
    await refreshViews();
    discardLayout(saved.id);
    notice({ title: say('audit:viewUpdate', { title: saved.name }), ...undoAction(op) });
  });
}

export function renameView(saved: ParsedView): void {
  const { name, isMine } = saved;
  const doneText = (next: string): string => say('views:renamedNotice', { name, next });
  askForName({
    title: say('common:renameNamed', { name }),
    currentName: name,
    hint: say(isMine ? 'views:onlyMeHint' : 'views:nameHint'),
    button: say('common:rename'),
    rename: async (newName) => {
      const op_id = await changeView(saved, { name: newName });
      await refreshViews();
      if (isMine) notice({ title: doneText(newName) });
      return { op_id };
    },
    doneText,
  });
}

/** Deletes a saved view; the screen does not change. */
export async function deleteView(saved: ParsedView): Promise<void> {
  const { id, name, isMine } = saved;
  await reportErrors(async () => {
    const undo = isMine
      ? { action: { label: say('common:undo'), run: removePrivate(id) } }
      : undoAction((await api.views.remove({ id })).op_id);
    await refreshViews();
    notice({ title: say('audit:viewDelete', { title: name }), ...undo });
  });
}
