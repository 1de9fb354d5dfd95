import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { passphraseLengths } from '#shared/contract/backups.ts';
import { useTexts } from '../i18n/setup.ts';
import { DialogForm } from './DialogForm.tsx';

interface NewPassphrase {
  /** The passphrase, undefined for none; null if the input is invalid, which the fields then show. */
  readPassphrase: () => string | undefined | null;
  fields: ReactNode;
}

/** Inputs for the optional passphrase of a new file: entered twice, because a typing error would lock the file. */
export function useNewPassphrase({ autofocus = false }: { autofocus?: boolean } = {}): NewPassphrase {
  const { t } = useTexts('common');
  const [passphrase, setPassphrase] = useState('');
  const [repetition, setRepetition] = useState('');
  const [isSubmitted, setSubmitted] = useState(false);
  const { min: minLength, max: maxLength } = passphraseLengths;
  const isTooShort = passphrase !== '' && passphrase.length < minLength;
  const isDifferent = passphrase !== repetition && passphrase !== '';
  return {
    readPassphrase() {
      setSubmitted(true);
      if (isTooShort || isDifferent) return null;
      return passphrase === '' ? undefined : passphrase;
    },
    fields: (
      <>
        <PasswordInput
          {...(autofocus ? { 'data-autofocus': true } : {})}
          label={t('passphrase.label')}
          description={t('passphrase.hint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="new-password"
          value={passphrase}
          maxLength={maxLength}
          error={isSubmitted && isTooShort ? t('passphrase.short', { count: minLength }) : undefined}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {passphrase !== '' && (
          <PasswordInput
            label={t('passphrase.again')}
            autoComplete="new-password"
            value={repetition}
            maxLength={maxLength}
            error={isSubmitted && isDifferent ? t('passphrase.differs') : undefined}
            onChange={(event) => setRepetition(event.currentTarget.value)}
          />
        )}
      </>
    ),
  };
}

interface PassphraseFormProps {
  text: string;
  onCancel: () => void;
  onChosen: (passphrase: string | undefined) => void;
}

export function PassphraseForm({ text, onCancel, onChosen }: PassphraseFormProps) {
  const { t } = useTexts('common');
  const { readPassphrase, fields } = useNewPassphrase({ autofocus: true });
  return (
    <DialogForm
      className="stack gap-16 dialog-form"
      saveLabel={t('transfer:export.choose')}
      onCancel={onCancel}
      onSubmit={() => {
        const passphrase = readPassphrase();
        if (passphrase !== null) onChosen(passphrase);
      }}
    >
      <p>{text}</p>
      {fields}
    </DialogForm>
  );
}
