import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { isSameName } from '#shared/domain/same-name.ts';
import { useTexts } from '../i18n/setup.ts';
import { useWorkspace } from '../stores/profile.ts';

interface NameConfirmation {
  isConfirmed: boolean;
  /** The input; it takes the focus when mounted. */
  field: ReactNode;
}

interface NameOptions {
  disabled?: boolean;
  sandbox?: string | undefined;
}

export function useTypedName({ disabled = false, sandbox }: NameOptions = {}): NameConfirmation {
  const { t } = useTexts('backups');
  const workspace = useWorkspace().data?.name;
  const name = sandbox ?? workspace;
  const [typedText, setTypedText] = useState('');
  const field = (
    <TextInput
      data-autofocus
      label={t('restore.type', { name: name ?? '' })}
      value={typedText}
      // Read-only, because a disabled input would lose the focus for good.
      readOnly={disabled}
      onChange={(event) => setTypedText(event.currentTarget.value)}
    />
  );
  return { isConfirmed: name !== undefined && isSameName(typedText, name), field };
}
