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
  /** The name to type; by default that of the workspace. */
  name?: string | undefined;
}

export function useTypedName({ disabled = false, name: expectedName }: NameOptions = {}): NameConfirmation {
  const { t } = useTexts('backups');
  const workspaceName = useWorkspace().data?.name;
  const name = expectedName ?? workspaceName;
  const [typedText, setTypedText] = useState('');
  const field = (
    <TextInput
      data-autofocus
      label={t('restore.type', { name: name ?? '' })}
      value={typedText}
      // Read-only, because a disabled input would lose the focus for good.
      readOnly={disabled}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setTypedText(event.currentTarget.value)}
    />
  );
  return { isConfirmed: name !== undefined && isSameName(typedText, name), field };
}
