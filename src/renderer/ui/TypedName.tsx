import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { sameName } from '#shared/domain/same-name.ts';
import { useTexts } from '../i18n/setup.ts';
import { useWorkspace } from '../stores/profile.ts';

interface Typed {
  isConfirmed: boolean;
  /** The input; it takes the focus when mounted. */
  field: ReactNode;
}

interface NameOptions {
  disabled?: boolean;
  sandbox?: string | undefined;
}

export function useTypedName({ disabled = false, sandbox }: NameOptions = {}): Typed {
  const { t } = useTexts('backups');
  const workspace = useWorkspace().data?.name;
  const name = sandbox ?? workspace;
  const [typed, setTyped] = useState('');
  const field = (
    <TextInput
      data-autofocus
      label={t('restore.type', { name: name ?? '' })}
      value={typed}
      // Read-only, because a disabled input would lose the focus for good.
      readOnly={disabled}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
  return { isConfirmed: name !== undefined && sameName(typed, name), field };
}
