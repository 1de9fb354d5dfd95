import { Button } from '@mantine/core';

interface Props {
  label: string;
  /** The label with the name of the row. */
  named: string;
  title?: string;
  /** Why the action is not possible; null if it is. */
  why?: string | null;
  disabled?: boolean;
  isQuiet?: boolean;
  onClick: () => void;
}

/** An action of a row; screen readers hear the row's name with it. */
export function RowButton({ label, named, title, why = null, disabled = false, isQuiet, onClick }: Props) {
  return (
    <Button
      size="xs"
      variant={isQuiet ? 'subtle' : 'default'}
      disabled={disabled || why !== null}
      title={why ?? title}
      aria-label={named}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
