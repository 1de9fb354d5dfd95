import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { sameName } from '#shared/domain/same-name.ts';
import { useTexts } from '../i18n/setup.ts';
import { useWorkspace } from '../stores/profile.ts';

interface Typed {
  meant: boolean;
  /** The field that it is typed in; it takes the focus as soon as it is there. */
  field: ReactNode;
}

interface Asked {
  disabled?: boolean;
  sandbox?: string | undefined;
}

export function useTypedName({ disabled = false, sandbox }: Asked = {}): Typed {
  const { t } = useTexts('backups');
  const workspace = useWorkspace().data?.name;
  const name = sandbox ?? workspace;
  const [typed, setTyped] = useState('');
  const field = (
    <TextInput
      data-autofocus
      label={t('restore.type', { name: name ?? '' })}
      value={typed}
      // One that is off would lose the focus, and not have it again where it was refused.
      readOnly={disabled}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
  return { meant: name !== undefined && sameName(typed, name), field };
}
