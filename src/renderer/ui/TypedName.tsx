import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sameName } from '#shared/domain/same-name.ts';
import { useWorkspace } from '../stores/profile.ts';

interface Typed {
  /** Whether the name was typed: they mean it. */
  meant: boolean;
  /** The field that it is typed in; it takes the focus as soon as it is there. */
  field: ReactNode;
}

/** Has somebody type the name of the workspace to say that they mean it. */
export function useTypedName({ disabled = false } = {}): Typed {
  const { t } = useTranslation('backups');
  const name = useWorkspace().data?.name;
  const [typed, setTyped] = useState('');
  const field = (
    <TextInput
      data-autofocus
      label={t('restore.type', { name: name ?? '' })}
      value={typed}
      disabled={disabled}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
  return { meant: name !== undefined && sameName(typed, name), field };
}
