import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';

interface Props {
  /** What is added. */
  label: string;
  onClick: () => void;
}

/** Stands at the place of a field that is not there yet. */
export function AddButton({ label, onClick }: Props) {
  return (
    <Button
      className="field-add"
      variant="subtle"
      color="gray"
      size="xs"
      leftSection={<IconPlus size={14} stroke={1.6} />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
