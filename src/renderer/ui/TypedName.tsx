import { TextInput } from '@mantine/core';
import { say } from '../i18n/setup.ts';

interface Props {
  /** What is to be typed. */
  name: string;
  typed: string;
  onTyped: (typed: string) => void;
  disabled?: boolean;
}

/** Has somebody type a name to say that they mean it; `sameName` judges it. */
export function TypedName({ name, typed, onTyped, disabled = false }: Props) {
  return (
    <TextInput
      data-autofocus
      label={say('backups:restore.type', { name })}
      value={typed}
      disabled={disabled}
      onChange={(event) => onTyped(event.currentTarget.value)}
    />
  );
}
