import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { longest } from '#shared/domain/limits.ts';
import { whileSaving } from '../stores/saving.ts';
import { undoable } from '../stores/undo.ts';
import { openDialog } from './dialog.tsx';
import { FormEnd } from './FormEnd.tsx';
import { notice } from './notices.tsx';
import { useSubmit } from './useSubmit.ts';
import './rename.css';

/** What asks for another name, and how the names are told. */
export interface Renaming {
  title: string;
  now: string;
  hint: string;
  needed: string;
  button: string;
  /** Renames it. The op id is null where it was called so already. */
  rename: (name: string) => Promise<{ op_id: string | null }>;
  /** Why it cannot be called so, where there is a better sentence than that of all the window. */
  explain?: (error: unknown) => string | null;
  done: (name: string) => string;
}

/** Asks for another name of what can be renamed with Undo, in a dialog. */
export function askForName(renaming: Renaming): void {
  openDialog({ title: renaming.title }, (close) => <RenameForm {...renaming} onDone={close} />);
}

/** A field that begins at the name as it is. What could not be saved stays, with the reason. */
function RenameForm({
  now,
  hint,
  needed,
  button,
  rename,
  explain,
  done,
  onDone,
}: Renaming & { onDone: () => void }) {
  const { t } = useTranslation('common');
  const [name, setName] = useState(now);
  const [touched, setTouched] = useState(false);
  const missing = name.trim() === '';

  const { saving, failure, onSubmit, onEdit } = useSubmit(async () => {
    if (missing) return;
    const { op_id } = await whileSaving(() => rename(name.trim()));
    onDone();
    if (op_id !== null) notice({ ...undoable(op_id), title: done(name.trim()) });
  }, explain);

  return (
    <form className="rename-form" onSubmit={onSubmit}>
      <TextInput
        data-autofocus
        label={t('name')}
        description={hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={name}
        maxLength={longest.name}
        error={missing && touched ? needed : undefined}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setTouched(true);
          onEdit();
          setName(event.currentTarget.value);
        }}
      />
      <FormEnd failure={failure} save={button} saving={saving} blocked={missing} onCancel={onDone} />
    </form>
  );
}
