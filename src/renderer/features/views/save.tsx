import { Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { EntityType } from '#shared/domain/types.ts';
import { adjustList } from '../../stores/address.ts';
import { frontTab } from '../../stores/tabs/store.ts';
import type { Current } from './current.ts';
import { forgetLayout, copyLayout } from './layout.ts';
import { setSavedView } from './open.ts';
import { readAgain } from './saved.ts';
import type { Known } from './saved.ts';
import { FormEnd } from '../../ui/FormEnd.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { undoAction } from '../../stores/undo.ts';
import { inSentence, typeNames } from '../../text/names.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import { toSave } from './current.ts';
import { changePrivate, createPrivate, removePrivate } from './private.ts';
import styles from './views.module.css';

/** Opens the view that was just saved. Returns the type whose list layout was reset, if any. */
function showSaved({ view, saved }: Current, tab: string, id: string): EntityType | null {
  if (view.kind === 'list') adjustList({ saved: id }, tab);
  else setSavedView(tab, view.kind, id);
  if (saved) forgetLayout(saved.id);
  return view.kind === 'list' && saved === null && copyLayout(view.type, tab) ? view.type : null;
}

interface Props {
  name: string;
  button: string;
  mine: boolean | null;
  onCancel: () => void;
  onName: (name: string, mine: boolean) => Promise<void>;
}

/** Asks for the name of a view; a failed save keeps the input and shows the reason. */
function NameForm({ name, button, mine, onCancel, onName }: Props) {
  const { t } = useTexts('views');
  const [text, setText] = useState(name);
  const [audience, setAudience] = useState(mine === true ? 'me' : 'all');
  const [isSubmitted, setSubmitted] = useState(false);
  const { saving, failure, onSubmit } = useSubmit(async () => {
    setSubmitted(true);
    if (text.trim() !== '') await onName(text.trim(), audience === 'me');
  });
  return (
    <form className="stack gap-16" onSubmit={onSubmit}>
      <TextInput
        data-autofocus
        label={t('records:field.name')}
        {...(mine === null ? {} : { description: t(mine ? 'views:onlyMeHint' : 'views:nameHint') })}
        value={text}
        maxLength={200}
        error={isSubmitted && text.trim() === '' ? t('common:nameNeeded') : failure}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {mine === null && (
        <Radio.Group label={t('views:whoSees')} value={audience} onChange={setAudience}>
          <div className={`stack gap-8 ${styles.whose}`}>
            <Radio value="all" label={t('views:everybody')} />
            <Radio value="me" label={t('views:onlyMe')} description={t('views:onlyMeHint')} />
          </div>
        </Radio.Group>
      )}
      <FormEnd save={button} saving={saving} onCancel={onCancel} />
    </form>
  );
}

interface NameQuestion {
  title: string;
  name: string;
  button: string;
  mine: boolean | null;
}

function ask(question: NameQuestion, done: (name: string, mine: boolean) => Promise<void>): void {
  openDialog({ title: question.title }, (close) => (
    <NameForm
      name={question.name}
      button={question.button}
      mine={question.mine}
      onCancel={close}
      onName={async (given, mine) => {
        await done(given, mine);
        close();
      }}
    />
  ));
}

export function saveAs(current: Current): void {
  const kept = toSave(current);
  const tab = frontTab();
  const isSubmitted = { title: say('views:saveTitle'), name: '', button: say('views:saveTitle'), mine: null };
  ask(isSubmitted, async (name, mine) => {
    const { id, op } = mine
      ? { id: createPrivate({ name, ...kept }), op: null }
      : await createdForAll(name, kept);
    await readAgain();
    const isNew = showSaved(current, tab, id);
    const more =
      isNew === null
        ? say('views:savedMore')
        : say('views:savedApart', { what: inSentence(typeNames(isNew)) });
    notice({ title: say('audit:viewCreate', { title: name }), more, ...undoAction(op) });
  });
}

type Kept = ReturnType<typeof toSave>;

async function createdForAll(name: string, kept: Kept) {
  const { view, op_id } = await api.views.create({ name, ...kept });
  return { id: view.id, op: op_id };
}

/** Changes a shared or private view. Returns the op_id; null for a private view or if nothing changed. */
async function changed(saved: Known, change: Partial<Kept & { name: string }>): Promise<string | null> {
  if (saved.mine) {
    changePrivate(saved.id, change);
    return null;
  }
  return (await api.views.update({ id: saved.id, ...change })).op_id;
}

export async function saveChanges(current: Current): Promise<void> {
  const { saved } = current;
  if (!saved) return;
  try {
    const op = await changed(saved, toSave(current));
    await readAgain();
    forgetLayout(saved.id);
    notice({ title: say('audit:viewUpdate', { title: saved.name }), ...undoAction(op) });
  } catch (error) {
    reportError(error);
  }
}

export function renameView(saved: Known): void {
  const { name, mine } = saved;
  const isSubmitted = {
    title: say('common:renameNamed', { name }),
    name,
    button: say('common:rename'),
    mine,
  };
  ask(isSubmitted, async (next) => {
    const op = await changed(saved, { name: next });
    await readAgain();
    notice({ title: say('views:renamedNotice', { name, next }), ...undoAction(op) });
  });
}

/** Deletes a saved view; the screen does not change. */
export async function deleteView(saved: Known): Promise<void> {
  const { id, name, mine } = saved;
  try {
    const undo = mine
      ? { action: { label: say('common:undo'), run: removePrivate(id) } }
      : undoAction((await api.views.remove({ id })).op_id);
    await readAgain();
    notice({ title: say('audit:viewDelete', { title: name }), ...undo });
  } catch (error) {
    reportError(error);
  }
}
