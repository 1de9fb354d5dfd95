import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { maxLengths } from '#shared/domain/limits.ts';
import { useTexts } from '../i18n/setup.ts';
import { whileSaving } from '../stores/saving.ts';
import { undoAction } from '../stores/undo.ts';
import { openDialog } from './dialog.tsx';
import { DialogForm } from './DialogForm.tsx';
import { notice } from './notices.tsx';
import { useSubmit } from './useSubmit.ts';
import './rename.css';

export interface RenameOptions {
  title: string;
  currentName: string;
  hint: string;
  button: string;
  /** The op id is null if nothing changed, or if `rename` itself reports the change. */
  rename: (name: string) => Promise<{ op_id: string | null }>;
  /** A specific error message; null shows the general one. */
  explain?: (error: unknown) => string | null;
  doneText: (name: string) => string;
}

export function askForName(options: RenameOptions): void {
  openDialog({ title: options.title }, (close) => <RenameForm {...options} onDone={close} />);
}

/** A field with the current name; a failed save keeps the input and shows the reason. */
function RenameForm({
  currentName,
  hint,
  button,
  rename,
  explain,
  doneText,
  onDone,
}: RenameOptions & { onDone: () => void }) {
  const { t } = useTexts('common');
  const [name, setName] = useState(currentName);
  const [isTouched, setIsTouched] = useState(false);
  const isMissing = name.trim() === '';

  const { onEdit, ...submit } = useSubmit(async () => {
    const newName = name.trim();
    const { op_id } = await whileSaving(() => rename(newName));
    onDone();
    if (op_id !== null) notice({ ...undoAction(op_id), title: doneText(newName) });
  }, explain);

  return (
    <DialogForm
      {...submit}
      className="stack gap-16 rename-form"
      saveLabel={button}
      blocked={isMissing}
      onCancel={onDone}
    >
      <TextInput
        data-autofocus
        label={t('records:field.name')}
        description={hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={name}
        maxLength={maxLengths.name}
        error={isMissing && isTouched ? t('nameNeeded') : undefined}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setIsTouched(true);
          onEdit();
          setName(event.currentTarget.value);
        }}
      />
    </DialogForm>
  );
}
