import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { maxLengths } from '#shared/domain/limits.ts';
import { useTexts } from '../i18n/setup.ts';
import { whileSaving } from '../stores/saving.ts';
import { undoAction } from '../stores/undo.ts';
import { openDialog } from './dialog.tsx';
import { FormEnd } from './FormEnd.tsx';
import { notice } from './notices.tsx';
import { useSubmit } from './useSubmit.ts';
import './rename.css';

export interface Renaming {
  title: string;
  now: string;
  hint: string;
  button: string;
  /** The op id is null if nothing changed. */
  rename: (name: string) => Promise<{ op_id: string | null }>;
  /** A specific error message; null shows the general one. */
  explain?: (error: unknown) => string | null;
  done: (name: string) => string;
}

export function askForName(renaming: Renaming): void {
  openDialog({ title: renaming.title }, (close) => <RenameForm {...renaming} onDone={close} />);
}

/** A field with the current name; a failed save keeps the input and shows the reason. */
function RenameForm({ now, hint, button, rename, explain, done, onDone }: Renaming & { onDone: () => void }) {
  const { t } = useTexts('common');
  const [name, setName] = useState(now);
  const [touched, setTouched] = useState(false);
  const missing = name.trim() === '';

  const { saving, failure, onSubmit, onEdit } = useSubmit(async () => {
    if (missing) return;
    const { op_id } = await whileSaving(() => rename(name.trim()));
    onDone();
    if (op_id !== null) notice({ ...undoAction(op_id), title: done(name.trim()) });
  }, explain);

  return (
    <form className="stack gap-16 rename-form" onSubmit={onSubmit}>
      <TextInput
        data-autofocus
        label={t('records:field.name')}
        description={hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={name}
        maxLength={maxLengths.name}
        error={missing && touched ? t('nameNeeded') : undefined}
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
